import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TemplateType } from "./types";

/** Which templates are shown. */
export interface View {
  whose: "all" | "mine" | "shared";
  type?: TemplateType;
}

export const ALL: View = { whose: "all" };

const WHOSE = [
  { value: "all", label: "Mine and shared" },
  { value: "mine", label: "Mine" },
  { value: "shared", label: "Shared with me" },
];
const TYPES = [
  { value: "", label: "Personas and directives" },
  { value: "persona", label: "Personas" },
  { value: "directive", label: "Directives" },
];

export function TemplateFilters({ view, choose }: { view: View; choose: (view: View) => void }) {
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Select
        ariaLabel="Whose templates"
        options={WHOSE}
        selectedOption={WHOSE.find((one) => one.value === view.whose) ?? null}
        onChange={({ detail }) =>
          choose({ ...view, whose: detail.selectedOption.value as View["whose"] })
        }
      />
      <Select
        ariaLabel="Type"
        options={TYPES}
        selectedOption={TYPES.find((one) => one.value === (view.type ?? "")) ?? null}
        onChange={({ detail }) =>
          choose({ ...view, type: (detail.selectedOption.value || undefined) as View["type"] })
        }
      />
    </SpaceBetween>
  );
}
