import Autosuggest from "@cloudscape-design/components/autosuggest";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useState } from "react";
import type { FormState } from "./useForm";

/** The names of a draft's fields that hold values of one kind. */
type Of<Draft, Kind> = {
  [Name in keyof Draft]: Draft[Name] extends Kind ? Name : never;
}[keyof Draft] &
  string;

interface Row<Draft, Kind> {
  form: FormState<Draft>;
  name: Of<Draft, Kind>;
  label: string;
  hint?: string;
  disabled?: boolean;
}

/** A field with the kind of value that its name promises. */
function at<Draft, Kind>({ form, name }: Pick<Row<Draft, Kind>, "form" | "name">) {
  const value = form.values[name] as unknown as Kind;
  const change = (now: Kind) => form.set(name, now as unknown as Draft[typeof name]);
  return { value, change, problem: form.problem(name) };
}

interface Typed<Draft> extends Row<Draft, string> {
  type?: InputProps.Type;
  placeholder?: string;
}

export function TextRow<Draft>({ label, hint, type, placeholder, disabled, ...row }: Typed<Draft>) {
  const { value, change, problem } = at<Draft, string>(row);
  return (
    <FormField label={label} description={hint} errorText={problem}>
      <Input
        value={value}
        type={type}
        placeholder={placeholder}
        disabled={disabled}
        invalid={problem !== undefined}
        onChange={({ detail }) => change(detail.value)}
      />
    </FormField>
  );
}

export function TextareaRow<Draft>(props: Omit<Typed<Draft>, "type">) {
  const { label, hint, placeholder, disabled, ...row } = props;
  const { value, change, problem } = at<Draft, string>(row);
  return (
    <FormField label={label} description={hint} errorText={problem}>
      <Textarea
        rows={placeholder?.includes("\n") ? 3 : 2}
        value={value}
        placeholder={placeholder}
        invalid={problem !== undefined}
        disabled={disabled}
        onChange={({ detail }) => change(detail.value)}
      />
    </FormField>
  );
}

interface Chosen<Draft> extends Row<Draft, string> {
  options: readonly SelectProps.Option[];
}

export function SelectRow<Draft>({ label, hint, options, disabled, ...row }: Chosen<Draft>) {
  const { value, change, problem } = at<Draft, string>(row);
  const chosen = options.find((one) => one.value === value);
  return (
    <FormField label={label} description={hint} errorText={problem}>
      <Select
        options={options}
        selectedOption={chosen ?? (value ? { value } : null)}
        disabled={disabled}
        filteringType={options.length > 12 ? "auto" : "none"}
        placeholder="Choose one"
        onChange={({ detail }) => change(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}

interface Suggested<Draft> extends Row<Draft, string> {
  /** What is there; another may be typed. */
  options: readonly string[];
  placeholder?: string;
}

/** One that is chosen from a list, or typed. */
export function SuggestRow<Draft>(props: Suggested<Draft>) {
  const { label, hint, options, placeholder, disabled, ...row } = props;
  const { value, change, problem } = at<Draft, string>(row);
  return (
    <FormField label={label} description={hint} errorText={problem}>
      <Autosuggest
        value={value}
        options={options.map((one) => ({ value: one }))}
        placeholder={placeholder}
        disabled={disabled}
        invalid={problem !== undefined}
        empty="None is listed. Type its id."
        enteredTextLabel={(text) => `Use “${text}”`}
        onChange={({ detail }) => change(detail.value)}
      />
    </FormField>
  );
}

export function CheckRow<Draft>({ label, hint, disabled, ...row }: Row<Draft, boolean>) {
  const { value, change } = at<Draft, boolean>(row);
  return (
    <Checkbox
      checked={value}
      description={hint}
      disabled={disabled}
      onChange={({ detail }) => change(detail.checked)}
    >
      {label}
    </Checkbox>
  );
}

/** Words, one after the other: groups, tags. What is typed counts without being added, too. */
export function WordsRow<Draft>({ label, hint, disabled, ...row }: Row<Draft, string[]>) {
  const { value, change, problem } = at<Draft, string[]>(row);
  const [words, setWords] = useState(value);
  const [typed, setTyped] = useState("");
  const tell = (now: string[], text: string) => {
    setWords(now);
    setTyped(text);
    change(withWord(now, text));
  };
  const add = () => tell(withWord(words, typed), "");
  return (
    <FormField label={label} description={hint} errorText={problem}>
      <SpaceBetween size="xs">
        <SpaceBetween direction="horizontal" size="xs">
          <Input
            value={typed}
            disabled={disabled}
            ariaLabel={label}
            onChange={({ detail }) => tell(words, detail.value)}
            onKeyDown={(event) => {
              if (event.detail.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
          />
          <Button disabled={disabled || !typed.trim()} formAction="none" onClick={add}>
            Add
          </Button>
        </SpaceBetween>
        <TokenGroup
          items={words.map((word) => ({ label: word, dismissLabel: `Take ${word} away` }))}
          onDismiss={({ detail }) => tell(words.toSpliced(detail.itemIndex, 1), typed)}
        />
      </SpaceBetween>
    </FormField>
  );
}

function withWord(words: string[], text: string): string[] {
  const word = text.trim();
  return word === "" || words.includes(word) ? words : [...words, word];
}
