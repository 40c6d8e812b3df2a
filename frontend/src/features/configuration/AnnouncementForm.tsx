import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import Toggle from "@cloudscape-design/components/toggle";
import { LONGEST_ANNOUNCEMENT } from "./problems";
import type { Configuration } from "./types";

type Told = Configuration["announcement"];

interface Props {
  announcement: Told;
  problem?: string;
  change: (announcement: Told) => void;
}

/** A message to everybody, which each closes for themselves. */
export function AnnouncementForm({ announcement, problem, change }: Props) {
  const header = (
    <Header variant="h2" description="At the top of every page, until each has closed it.">
      Announcement
    </Header>
  );
  return (
    <Container header={header}>
      <SpaceBetween size="m">
        <Toggle
          checked={announcement.isEnabled}
          onChange={({ detail }) => change({ ...announcement, isEnabled: detail.checked })}
        >
          Show the announcement
        </Toggle>
        <FormField
          label="Message"
          errorText={problem}
          constraintText={`Plain text: ${announcement.message.length} of ${LONGEST_ANNOUNCEMENT} characters.`}
        >
          <Textarea
            value={announcement.message}
            rows={3}
            onChange={({ detail }) => change({ ...announcement, message: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
