import type { Address } from "@/api/types";

const regions = new Map<string, Intl.DisplayNames>();

/** The country's name in the console's language, or the code itself. */
export function countryName(code: string, language: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  let names = regions.get(language);
  if (names === undefined) {
    names = new Intl.DisplayNames(language, { type: "region", fallback: "code" });
    regions.set(language, names);
  }
  return names.of(code) ?? code;
}

/** A postal address as on a label. */
export function AddressText({ address }: { address: Address }) {
  const town = [address.postcode, address.city, address.province].filter((part) => part !== "").join(" ");
  const country = countryName(address.country, document.documentElement.lang || "en");
  const lines = { ...address, city: town, postcode: "", province: "", country };
  const order = ["name", "company", "line1", "line2", "city", "country", "phone"] as const;
  return (
    <address className="text-sm break-words text-fg not-italic">
      {order
        .filter((part) => lines[part] !== "")
        .map((part) => (
          <span key={part} className="block">
            {lines[part]}
          </span>
        ))}
    </address>
  );
}
