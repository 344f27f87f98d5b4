/**
 * What each connector asks a person for. The keys are those of the connector's own settings in
 * `crates/connectors/src/<name>/config.rs`; the server refuses any other and names the field.
 */
import { m } from "@/paraglide/messages.js";

export interface Setting {
  /** Key in the connection's `config`. */
  readonly key: string;
  readonly label: () => string;
  readonly help?: () => string;
  readonly kind: "text" | "number" | "switch";
  readonly required: boolean;
  readonly example?: string;
}

export interface ConnectorSettings {
  readonly settings: readonly Setting[];
  /** What the connection's secret is called over there. */
  readonly secret: () => string;
  readonly secretHelp: () => string;
}

const endpoint: Setting = {
  key: "endpoint",
  label: m.connections_setting_endpoint,
  help: m.connections_setting_endpoint_help,
  kind: "text",
  required: false,
  example: "http://127.0.0.1:9101",
};

const lookback: Setting = {
  key: "lookback_days",
  label: m.connections_setting_lookback,
  kind: "number",
  required: false,
};

const KNOWN: Readonly<Record<string, ConnectorSettings>> = {
  shopify: {
    settings: [
      {
        key: "shop_domain",
        label: m.connections_setting_shop_domain,
        kind: "text",
        required: true,
        example: "example.myshopify.com",
      },
      { ...lookback, help: m.connections_setting_lookback_shopify },
      endpoint,
    ],
    secret: m.connections_secret_shopify,
    secretHelp: m.connections_secret_shopify_help,
  },
  shipbob: {
    settings: [
      {
        key: "channel_id",
        label: m.connections_setting_channel,
        help: m.connections_setting_channel_help,
        kind: "number",
        required: true,
        example: "433611",
      },
      { key: "sandbox", label: m.connections_setting_sandbox, kind: "switch", required: false },
      lookback,
      endpoint,
    ],
    secret: m.connections_secret_shipbob,
    secretHelp: m.connections_secret_shipbob_help,
  },
};

const NOTHING: ConnectorSettings = {
  settings: [],
  secret: m.connections_secret,
  secretHelp: m.connections_secret_help,
};

/** The settings of a connector; none for one that this console does not know yet. */
export function settingsOf(connector: string): ConnectorSettings {
  return KNOWN[connector] ?? NOTHING;
}

/** What a person typed, by setting; switches as `"true"`. */
export type Typed = Readonly<Record<string, string>>;

/** The settings as the server wants them: left out where empty, numbers as numbers. */
export function configOf(connector: string, typed: Typed): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const { key, kind } of settingsOf(connector).settings) {
    const text = (typed[key] ?? "").trim();
    if (text === "") {
      continue;
    }
    config[key] = kind === "number" ? Number(text) : kind === "switch" ? text === "true" : text;
  }
  return config;
}

/** What is missing or unreadable, by setting. */
export function faultsOf(connector: string, typed: Typed): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { key, kind, required } of settingsOf(connector).settings) {
    const text = (typed[key] ?? "").trim();
    if (text === "") {
      if (required) faults[key] = m.field_required();
    } else if (kind === "number" && !/^\d+$/.test(text)) {
      faults[key] = m.field_whole_number();
    }
  }
  return faults;
}
