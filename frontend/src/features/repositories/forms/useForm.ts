import { useCallback, useState } from "react";
import { ApiError, sentence } from "@/api/errors";

/** What must hold of a draft, and what is told at which field where it does not. */
export interface Rule<Draft> {
  field: keyof Draft & string;
  holds: (draft: Draft) => boolean;
  message: string;
}

export type Problems = Record<string, string>;

export interface FormState<Draft> {
  values: Draft;
  set: <Name extends keyof Draft & string>(name: Name, value: Draft[Name]) => void;
  /** What is wrong with a field, once somebody has tried to send. */
  problem: (name: keyof Draft & string) => string | undefined;
  /** Why sending failed, where no field is to blame. */
  failure: string | undefined;
  sending: boolean;
  submit: () => Promise<void>;
}

/** A draft that is checked when it is sent, here and then by the API, whose details are shown. */
export function useForm<Draft extends object>(
  initial: Draft,
  rules: readonly Rule<Draft>[],
  send: (draft: Draft) => Promise<void>,
): FormState<Draft> {
  const [values, setValues] = useState(initial);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<{ problems: Problems; failure?: string }>(NONE);
  const [sending, setSending] = useState(false);
  const found = problemsOf(values, rules);
  const set = useCallback<FormState<Draft>["set"]>((name, value) => {
    setValues((now) => ({ ...now, [name]: value }));
    setRefused(({ problems, failure }) => ({ problems: { ...problems, [name]: "" }, failure }));
  }, []);
  const submit = async () => {
    setTried(true);
    setRefused(NONE);
    if (Object.keys(found).length > 0 || sending) return;
    setSending(true);
    try {
      await send(values);
    } catch (error) {
      setRefused(refusalOf(error, Object.keys(values)));
    } finally {
      setSending(false);
    }
  };
  return {
    values,
    set,
    problem: (name) => (tried && found[name]) || refused.problems[name] || undefined,
    failure: refused.failure,
    sending,
    submit,
  };
}

const NONE = { problems: {} };

export function problemsOf<Draft>(draft: Draft, rules: readonly Rule<Draft>[]): Problems {
  const broken = rules.filter(({ holds }) => !holds(draft));
  return Object.fromEntries(broken.reverse().map(({ field, message }) => [field, message]));
}

/** What the API refused, at the fields that it names; what it names otherwise is told as a whole. */
export function refusalOf(
  error: unknown,
  fields: readonly string[],
): { problems: Problems; failure?: string } {
  const details = error instanceof ApiError && Array.isArray(error.details) ? error.details : [];
  const problems: Problems = {};
  const rest: string[] = [];
  for (const { field, message } of details as { field: string; message: string }[]) {
    const path = String(field).split(".");
    const name = path.reverse().find((part) => fields.includes(part));
    if (name) problems[name] = sentenced(message);
    else rest.push(`${field}: ${message}`);
  }
  if (details.length === 0) return { problems, failure: sentence(error) };
  return { problems, failure: rest.length > 0 ? rest.join("; ") : undefined };
}

/** The API says `must be …`, of the field. */
function sentenced(message: string): string {
  return /^must /.test(message) ? `This ${message}.` : message;
}
