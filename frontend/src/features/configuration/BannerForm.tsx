import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { BannerBar } from "./Banner";
import { isColor } from "./contrast";
import { LONGEST_BANNER, type Problems } from "./problems";
import type { SystemBanner } from "./types";

interface Props {
  banner: SystemBanner;
  problems: Problems;
  change: (banner: SystemBanner) => void;
}

/** The banner's text and colours, as everybody will see them. */
export function BannerForm({ banner, problems, change }: Props) {
  const header = (
    <Header variant="h2" description="Above and below every page, such as a classification.">
      Banner
    </Header>
  );
  return (
    <Container header={header}>
      <SpaceBetween size="m">
        <Toggle
          checked={banner.isEnabled}
          onChange={({ detail }) => change({ ...banner, isEnabled: detail.checked })}
        >
          Show the banner
        </Toggle>
        <FormField
          label="Text"
          errorText={problems.text}
          constraintText={`Plain text of at most ${LONGEST_BANNER} characters.`}
        >
          <Input
            value={banner.text}
            onChange={({ detail }) => change({ ...banner, text: detail.value })}
          />
        </FormField>
        <ColumnLayout columns={2}>
          <Color
            label="Text colour"
            color={banner.textColor}
            problem={problems.textColor}
            change={(textColor) => change({ ...banner, textColor })}
          />
          <Color
            label="Background"
            color={banner.backgroundColor}
            problem={problems.backgroundColor}
            change={(backgroundColor) => change({ ...banner, backgroundColor })}
          />
        </ColumnLayout>
        <FormField label="Preview" stretch>
          <BannerBar banner={{ ...banner, text: banner.text || "Your text" }} />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

interface ColorProps {
  label: string;
  color: string;
  problem?: string;
  change: (color: string) => void;
}

/** A colour, written or picked. */
function Color({ label, color, problem, change }: ColorProps) {
  return (
    <FormField
      label={label}
      errorText={problem}
      secondaryControl={
        <input
          type="color"
          aria-label={`Pick: ${label}`}
          value={isColor(color) ? color : "#000000"}
          onChange={(event) => change(event.target.value)}
        />
      }
    >
      <Input value={color} onChange={({ detail }) => change(detail.value.trim())} />
    </FormField>
  );
}
