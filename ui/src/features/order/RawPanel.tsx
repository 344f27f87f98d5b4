import { useQuery } from "@tanstack/react-query";
import { Copy, X } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { orderRawQuery } from "@/api/queries";
import type { Order } from "@/api/types";
import { IconButton } from "@/components/Button";
import { ErrorBanner } from "@/components/Problem";
import { useToaster } from "@/components/Toast";
import { absoluteTime, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { JsonTree } from "./JsonTree";
import { Section } from "./Section";

/** The value of JSON text, or `undefined` when the shop sent something else. */
function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // Not JSON (XML, CSV, or cut off): shown as text.
    return undefined;
  }
}

function CopyButton({ text, label }: { text: string; label: string }) {
  const toaster = useToaster();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toaster.done(m.order_copied_text());
    } catch (fault) {
      toaster.failed(fault);
    }
  };
  return <IconButton icon={Copy} label={label} onClick={() => void copy()} />;
}

function Scroller({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section className="max-h-560 overflow-auto font-mono text-xs" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

interface Properties {
  readonly order: Order;
  readonly onClose: () => void;
}

/** What the shop sent beside what Switchyard made of it. */
export function RawPanel({ order, onClose }: Properties) {
  const { data, error } = useQuery(orderRawQuery(order.id));
  const [asText, setAsText] = useState(false);
  const raw = useMemo(() => (data === undefined ? undefined : parsed(data.text)), [data]);
  const canonical = useMemo(() => JSON.stringify(order, null, 2), [order]);
  const received = instant(data?.received_at);
  return (
    <Section
      title={m.order_raw_title()}
      aside={
        <>
          {raw !== undefined && (
            <button
              type="button"
              aria-pressed={asText}
              onClick={() => setAsText(!asText)}
              className="h-28 rounded-4 px-8 text-xs font-medium text-fg-2 hover:bg-surface-2 aria-pressed:bg-surface-3 aria-pressed:text-fg"
            >
              {m.order_raw_as_text()}
            </button>
          )}
          <IconButton icon={X} label={m.close()} binding="v" onClick={onClose} />
        </>
      }
    >
      <div className="grid grid-cols-1 divide-border max-lg:divide-y lg:grid-cols-2 lg:divide-x">
        <div className="min-w-0 p-12">
          <header className="flex min-h-28 items-center gap-8 pb-6 text-xs text-fg-2">
            <h3 className="flex-1 font-medium">
              {received === undefined ? m.order_raw_shop() : m.order_raw_shop_at({ time: absoluteTime(received) })}
            </h3>
            {data !== undefined && <CopyButton text={data.text} label={m.order_raw_copy()} />}
          </header>
          {error !== null && <ErrorBanner error={error} />}
          <Scroller label={m.order_raw_shop()}>
            {data !== undefined &&
              (raw === undefined || asText ? (
                <pre className="whitespace-pre-wrap break-all">{data.text}</pre>
              ) : (
                <JsonTree name={undefined} value={raw.value} open={2} />
              ))}
          </Scroller>
        </div>
        <div className="min-w-0 p-12">
          <header className="flex min-h-28 items-center gap-8 pb-6 text-xs text-fg-2">
            <h3 className="flex-1 font-medium">{m.order_raw_canonical({ revision: order.revision })}</h3>
            <CopyButton text={canonical} label={m.order_raw_copy()} />
          </header>
          <Scroller label={m.order_raw_canonical({ revision: order.revision })}>
            {asText ? (
              <pre className="whitespace-pre-wrap break-all">{canonical}</pre>
            ) : (
              <JsonTree name={undefined} value={order} open={2} />
            )}
          </Scroller>
        </div>
      </div>
    </Section>
  );
}
