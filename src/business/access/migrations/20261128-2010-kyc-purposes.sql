-- 取引の目的 as a list of the company's own, in versions like the other settings (data dictionary, group 3: purpose_of_transaction).
alter table company_version
  add column kyc_purposes jsonb not null default '[
    {"code": "sale_of_receivables", "label": "売掛債権の資金化"},
    {"code": "guarantee", "label": "保証の利用"},
    {"code": "loan", "label": "事業資金の借入"},
    {"code": "working_capital", "label": "仕入・外注費など運転資金の確保"},
    {"code": "bridge_to_collection", "label": "入金までのつなぎ資金"},
    {"code": "refinancing", "label": "他社からの乗り換え"}]'
    check (jsonb_typeof(kyc_purposes) = 'array' and jsonb_array_length(kyc_purposes) between 1 and 50);
