import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useSession } from "@/auth/session";
import { labelOf, type SwitchText, switchesOf, turned } from "./switches";
import type { EnabledComponents } from "./types";

interface Props {
  enabled: EnabledComponents;
  change: (enabled: EnabledComponents) => void;
}

/** What people can do with what is installed: what is off is not shown, and refused by the API. */
export function SwitchesForm({ enabled, change }: Props) {
  const { PARTS } = useSession().environment;
  const header = (
    <Header variant="h2" description="What is off is not shown to anybody.">
      Features
    </Header>
  );
  return (
    <Container header={header}>
      <ColumnLayout columns={3} minColumnWidth={260}>
        {switchesOf(PARTS).map(({ title, switches }) => (
          <SpaceBetween key={title} size="s">
            <Box variant="h3" padding="n">
              {title}
            </Box>
            {switches.map((one) => (
              <One key={one.name} text={one} enabled={enabled} change={change} />
            ))}
          </SpaceBetween>
        ))}
      </ColumnLayout>
    </Container>
  );
}

function One({ text, enabled, change }: Props & { text: SwitchText }) {
  const missing = text.needs && !enabled[text.needs] ? text.needs : null;
  return (
    <Toggle
      checked={enabled[text.name]}
      disabled={missing !== null}
      description={missing ? `Needs “${labelOf(missing)}”.` : text.description}
      onChange={({ detail }) => change(turned(enabled, text.name, detail.checked))}
    >
      {text.label}
    </Toggle>
  );
}
