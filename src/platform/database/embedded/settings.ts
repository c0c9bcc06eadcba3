export interface ServerSettings {
  port: number
  /** Only the throwaway server of a test run says false: everything else must survive a power cut. */
  durable: boolean
}

/** postgresql.conf, written anew at every start. Sized for 2 cores and 8 GiB; an operator's own lines go into local.conf. */
export function postgresqlConf({ port, durable }: ServerSettings): string {
  const lines: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    // The cluster's own folder, which only the program and its account may enter.
    unix_socket_directories: '.',
    max_connections: 100,
    password_encryption: 'scram-sha-256',
    shared_buffers: '256MB',
    effective_cache_size: '3GB',
    work_mem: '16MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '10min',
    random_page_cost: 1.1,
    jit: 'off',
    // A measure over the whole book must not take every processor from the people who are waiting.
    max_parallel_workers_per_gather: 0,
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    // After a crash one call for the whole disk instead of one for each of a thousand files.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    timezone: 'Asia/Tokyo',
    log_timezone: 'Asia/Tokyo',
    lc_messages: 'C',
    logging_collector: 'on',
    // One file a weekday, overwritten a week later: the log never fills the disk.
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_line_prefix: '%m [%p] %a ',
    // Statements and their values may hold personal data, so that errors are logged without them.
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
    log_error_verbosity: 'terse',
  }
  const head = '# Written by Daicho at every start; put your own settings into local.conf beside this file.\n'
  const body = Object.entries(lines).map(
    ([name, value]) => `${name} = ${typeof value === 'number' ? value : `'${value}'`}\n`,
  )
  return `${head}${body.join('')}include = 'local.conf'\n`
}
