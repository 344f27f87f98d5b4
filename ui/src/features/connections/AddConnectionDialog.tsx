/** Sets up a partner: which, its settings, its secret. The server tries the real read path before it keeps anything. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useAddConnection } from "@/api/mutations";
import { ApiError } from "@/api/problem";
import { connectorsQuery } from "@/api/queries";
import type { Connector } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Field, TextField } from "@/components/Field";
import { ErrorBanner } from "@/components/Problem";
import { Select } from "@/components/Select";
import { SwitchField } from "@/components/SwitchField";
import { useToaster } from "@/components/Toast";
import { m } from "@/paraglide/messages.js";
import { configOf, faultsOf, settingsOf, type Typed } from "./settings";

/** Seconds between two readings, unless somebody says otherwise. */
const POLL_SECONDS = 15;
const EDIT_WINDOW_MINUTES = 15;
/** Largest interval the server takes, in seconds. */
const LONGEST_POLL_SECONDS = 86_400;

/** Wrong fields by the server's path, such as `name` or `config.shop_domain`. */
function serverFaults(error: Error | null): Record<string, string> {
  return error instanceof ApiError
    ? Object.fromEntries(error.problem.fields.map((field) => [field.path.replace(/^config\./, ""), field.detail]))
    : {};
}

function sideWord(connector: Connector): string {
  return connector.side === "shop" ? m.connections_side_shop() : m.connections_side_warehouse();
}

export function AddConnectionDialog({ onClose }: { onClose: () => void }) {
  const { data: connectors, error: loadError } = useQuery(connectorsQuery());
  const add = useAddConnection();
  const toaster = useToaster();
  const form = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const [poll, setPoll] = useState(String(POLL_SECONDS));
  const [window, setWindow] = useState(String(EDIT_WINDOW_MINUTES));
  const [typed, setTyped] = useState<Typed>({});
  const [tried, setTried] = useState(false);

  const connector = connectors?.items.find((item) => item.name === chosen);
  const { settings, secret: secretLabel, secretHelp } = settingsOf(chosen ?? "");

  const own: Record<string, string> = chosen === null ? {} : faultsOf(chosen, typed);
  if (name.trim() === "") own.name = m.field_required();
  if (secret.trim() === "") own.secret = m.field_required();
  if (!/^\d+$/.test(poll) || Number(poll) < 1 || Number(poll) > LONGEST_POLL_SECONDS) {
    own.poll_seconds = m.connections_poll_range();
  }
  if (!/^\d+$/.test(window)) own.edit_window_seconds = m.field_whole_number();
  const faults: Record<string, string | undefined> = tried ? { ...serverFaults(add.error), ...own } : {};

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (connector === undefined || Object.keys(own).length > 0) {
      return;
    }
    add.mutate(
      {
        body: {
          side: connector.side,
          connector: connector.name,
          name: name.trim(),
          config: configOf(connector.name, typed),
          secret: secret.trim(),
          poll_seconds: Number(poll),
          edit_window_seconds: Number(window) * 60,
        },
      },
      {
        onSuccess: (connection) => {
          toaster.done(m.connections_added({ name: connection.name }));
          onClose();
        },
      },
    );
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={m.connections_add()}
      description={m.connections_add_description()}
      actions={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button type="submit" form={form} variant="primary" busy={add.isPending} disabled={connector === undefined}>
            {add.isPending ? m.connections_checking() : m.connections_check_and_add()}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-16">
        {loadError === null ? null : <ErrorBanner error={loadError} />}
        <Field label={m.connections_connector()} name="connector">
          <Select
            value={chosen}
            onValueChange={setChosen}
            placeholder={m.connections_connector_choose()}
            options={(connectors?.items ?? []).map((item) => ({
              value: item.name,
              label: item.title,
              detail: `${sideWord(item)} · API ${item.api_version}`,
            }))}
          />
        </Field>
        {connector === undefined ? null : (
          <>
            <TextField
              label={m.connections_name()}
              help={m.connections_name_help()}
              name="name"
              error={faults.name}
              value={name}
              onValueChange={setName}
              autoComplete="off"
            />
            {settings.map((setting) =>
              setting.kind === "switch" ? (
                <SwitchField
                  key={setting.key}
                  label={setting.label()}
                  checked={typed[setting.key] === "true"}
                  onCheckedChange={(on) => setTyped({ ...typed, [setting.key]: on ? "true" : "" })}
                />
              ) : (
                <TextField
                  key={setting.key}
                  mono
                  label={setting.required ? setting.label() : `${setting.label()} ${m.field_optional()}`}
                  help={setting.help?.()}
                  name={setting.key}
                  error={faults[setting.key]}
                  value={typed[setting.key] ?? ""}
                  onValueChange={(value) => setTyped({ ...typed, [setting.key]: value })}
                  placeholder={setting.example}
                  inputMode={setting.kind === "number" ? "numeric" : "text"}
                  autoComplete="off"
                  spellCheck={false}
                />
              ),
            )}
            <TextField
              mono
              type="password"
              label={secretLabel()}
              help={secretHelp()}
              name="secret"
              error={faults.secret}
              value={secret}
              onValueChange={setSecret}
              autoComplete="off"
            />
            <div className="grid grid-cols-2 gap-16">
              <TextField
                label={m.connections_poll()}
                name="poll_seconds"
                error={faults.poll_seconds}
                value={poll}
                onValueChange={setPoll}
                inputMode="numeric"
              />
              {connector.side === "shop" ? (
                <TextField
                  label={m.connections_window()}
                  help={m.connections_window_help()}
                  name="edit_window_seconds"
                  error={faults.edit_window_seconds}
                  value={window}
                  onValueChange={setWindow}
                  inputMode="numeric"
                />
              ) : null}
            </div>
          </>
        )}
        {add.error === null ? null : <ErrorBanner error={add.error} />}
      </form>
    </Dialog>
  );
}
