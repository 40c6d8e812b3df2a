import DatePicker from "@cloudscape-design/components/date-picker";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { UseFormReturn } from "react-hook-form";
import { sentence } from "@/api/errors";
import { useServedModels } from "@/api/served";
import { Field } from "@/app/Field";
import { ChoiceField, Names, TextField } from "@/app/fields";
import { useCaller } from "@/auth/session";
import { MOST_DAYS, type TokenDraft } from "./draft";

type Props = { form: UseFormReturn<TokenDraft> };

const WHOSE = [
  { value: "mine", label: "Myself" },
  { value: "user", label: "Somebody else" },
  { value: "system", label: "A program", description: "A system token, which is no person's." },
];
const LASTS = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "date", label: "Until a day of your choice" },
];
const NEVER = { value: "never", label: "For ever" };

export function WhoseFields({ form }: Props) {
  const whose = form.watch("whose");
  return (
    <SpaceBetween size="l">
      <ChoiceField control={form.control} name="whose" label="For" items={WHOSE} />
      {whose !== "mine" && (
        <TextField
          control={form.control}
          name="username"
          label={whose === "user" ? "User name" : "The program's name"}
          description="Usage is counted under this name."
        />
      )}
    </SpaceBetween>
  );
}

export function LastsFields({ form }: Props) {
  const { admin } = useCaller();
  const options = admin ? [...LASTS, NEVER] : LASTS;
  return (
    <SpaceBetween size="l">
      <Field control={form.control} name="lasts" label="Lasts">
        {({ value, onChange }) => (
          <Select
            options={options}
            selectedOption={options.find((one) => one.value === value) ?? null}
            onChange={({ detail }) => onChange(detail.selectedOption.value)}
          />
        )}
      </Field>
      {form.watch("lasts") === "date" && (
        <Field
          control={form.control}
          name="date"
          label="Last day"
          constraint={admin ? undefined : `Within ${MOST_DAYS} days.`}
        >
          {({ value, onChange }) => (
            <DatePicker
              value={value}
              onChange={({ detail }) => onChange(detail.value)}
              placeholder="YYYY/MM/DD"
              openCalendarAriaLabel={() => "Choose a day"}
            />
          )}
        </Field>
      )}
    </SpaceBetween>
  );
}

export function RightsFields({ form }: Props) {
  const mine = form.watch("whose") === "mine";
  return (
    <SpaceBetween size="l">
      {mine ? <OwnGroups form={form} /> : <AnyGroups form={form} />}
      <Models form={form} />
    </SpaceBetween>
  );
}

function OwnGroups({ form }: Props) {
  const { groups, admin } = useCaller();
  if (groups.length === 0) return null;
  return (
    <Field
      control={form.control}
      name="groups"
      label="Groups"
      description="They decide which models and documents the token may use."
    >
      {({ value, onChange }) => (
        <Names
          names={groups}
          chosen={value}
          choose={onChange}
          placeholder={admin ? "All of mine but the administrators'" : "All of mine"}
        />
      )}
    </Field>
  );
}

function AnyGroups({ form }: Props) {
  return (
    <TextField
      control={form.control}
      name="groupNames"
      label="Groups"
      description="Names with commas between them; none if you leave it empty."
    />
  );
}

function Models({ form }: Props) {
  const models = useServedModels();
  return (
    <Field
      control={form.control}
      name="models"
      label="Models"
      description="A token of chosen models may call those, and nothing else."
    >
      {({ value, onChange }) => (
        <Names
          names={models.data ?? []}
          chosen={value}
          choose={onChange}
          placeholder="All that its groups may call"
          statusType={models.error ? "error" : models.isPending ? "loading" : "finished"}
          loadingText="Loading models…"
          errorText={models.error ? sentence(models.error) : undefined}
          recoveryText="Try again"
          onLoadItems={() => models.error && void models.refetch()}
          empty="No model is in service."
          filteringType="auto"
        />
      )}
    </Field>
  );
}
