import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import { fieldWords, problemWords, titleWords } from "./problemSentences";

/** Tests run in `ui`. */
const API = path.resolve("../openapi/switchyard.json");

function inGerman() {
  chooseLocale("de");
  onTestFinished(() => chooseLocale("en"));
}

const refused = {
  code: "SY-2002",
  title: "Harbor & Pine refuses our credentials",
  detail: "401: Invalid API key",
  next_step: "Enter a new access token for this connection; it needs the permissions its page lists.",
};

describe("a problem in the console's language", () => {
  it("stays as the server wrote it in English", () => {
    expect(problemWords(refused)).toEqual({
      title: refused.title,
      detail: refused.detail,
      next_step: refused.next_step,
    });
  });

  it("is said in German with the same names, and the partner's words are quoted as they are", () => {
    inGerman();
    expect(problemWords(refused)).toEqual({
      title: "Harbor & Pine weist unsere Zugangsdaten zurück",
      detail: "„401: Invalid API key“",
      next_step: "Für diese Verbindung ein neues Zugriffstoken eingeben; es braucht die Rechte, die seine Seite nennt.",
    });
    expect(
      problemWords({
        code: "SY-1201",
        title: "SW-1042-1 is stuck at Leipzig Nord",
        detail: "Postcode 1234",
        next_step: "Correct what the warehouse names; it goes on there by itself then.",
      }).title,
    ).toBe("SW-1042-1 hängt bei Leipzig Nord fest");
  });

  it("keeps a sentence it does not know beside what the code means", () => {
    inGerman();
    const words = problemWords({ code: "SY-2001", title: "Leeds is on the moon", detail: "ETIMEDOUT", next_step: "?" });
    expect(words.title).toBe("Die Gegenstelle ist nicht erreichbar");
    expect(words.detail).toBe("„Leeds is on the moon“ „ETIMEDOUT“");
    expect(words.next_step).toContain("Adresse und Netz prüfen");
  });

  it("leaves a code it does not know alone", () => {
    inGerman();
    const unknown = { code: "SY-9999", title: "New", detail: "text", next_step: "do" };
    expect(problemWords(unknown)).toEqual({ title: "New", detail: "text", next_step: "do" });
    expect(problemWords({ ...unknown, code: null })).toEqual({ title: "New", detail: "text", next_step: "do" });
  });

  it("translates our own details: missing fields, unknown articles, the moment it was too late", () => {
    inGerman();
    const detail = (code: string, text: string) =>
      problemWords({ code, title: "", detail: text, next_step: "" }).detail;
    expect(detail("SY-1003", "missing: line1, city")).toBe("es fehlt: Straße und Nummer, Ort");
    expect(detail("SY-1002", "no warehouse has ever reported: MUG-1")).toBe("noch von keinem Lager gemeldet: MUG-1");
    expect(detail("SY-1101", "fulfillment order SW-1 was handed over at 2026-11-22T09:00:00Z and is InWork")).toMatch(
      /^Lieferauftrag SW-1 wurde am .*2026.* übergeben$/,
    );
    expect(fieldWords("a carrier needs it")).toBe("der Versand braucht das Feld");
  });

  it("finds a title without its code, for the list", () => {
    inGerman();
    expect(titleWords("#1001 waits for stock")).toBe("#1001 wartet auf Bestand");
    expect(titleWords("something else")).toBe("something else");
  });

  it("has words for every code the API can answer", () => {
    inGerman();
    const document = JSON.parse(readFileSync(API, "utf8"));
    const codes: string[] = document.components.schemas.Code.enum;
    expect(codes.length).toBeGreaterThan(20);
    for (const code of codes) {
      const words = problemWords({ code, title: "", detail: "", next_step: "English" });
      expect(words.next_step, `${code} has no German words in problemSentences.ts`).not.toBe("English");
    }
  });
});
