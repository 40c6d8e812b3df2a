import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { AnnouncementForm } from "./AnnouncementForm";
import { BannerForm } from "./BannerForm";
import { changes, merged } from "./changes";
import { DefaultModelForm } from "./DefaultModelForm";
import { History } from "./History";
import { problemsOf } from "./problems";
import { SaveDialog } from "./SaveDialog";
import { SwitchesForm } from "./SwitchesForm";
import type { Configuration, Version } from "./types";

interface Props {
  newest: Version;
  versions: Version[];
}

/** A draft of the configuration, and the version that it began from. */
export function Editor({ newest, versions }: Props) {
  const [{ base, draft }, setState] = useState(() => begun(newest));
  const [saving, setSaving] = useState(false);
  const mine = changes(base.configuration, draft);
  const overtaken = newest.versionId !== base.versionId;
  const same = changes(newest.configuration, draft).length === 0;
  if (overtaken && (mine.length === 0 || same)) setState(begun(newest));
  const edit = (part: Partial<Configuration>) => setState({ base, draft: { ...draft, ...part } });
  const problems = problemsOf(draft);
  const wrong = Object.keys(problems).length > 0;
  const rebase = () => {
    setState({ base: newest, draft: merged(base.configuration, draft, newest.configuration) });
  };
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={mine.length === 0} onClick={() => setState(begun(newest))}>
        Discard
      </Button>
      <Button
        variant="primary"
        disabled={mine.length === 0 || wrong || overtaken}
        onClick={() => setSaving(true)}
      >
        Save
      </Button>
    </SpaceBetween>
  );
  const header = (
    <Header variant="h1" description="What holds for everybody." actions={actions}>
      Configuration
    </Header>
  );
  return (
    <ContentLayout header={header}>
      <SpaceBetween size="l">
        {overtaken && <Overtaken newest={newest} base={base} rebase={rebase} />}
        <SwitchesForm
          enabled={draft.enabledComponents}
          change={(enabledComponents) => edit({ enabledComponents })}
        />
        <DefaultModelForm
          chosen={draft.global.defaultModel}
          choose={(defaultModel) => edit({ global: { ...draft.global, defaultModel } })}
        />
        <BannerForm
          banner={draft.systemBanner}
          problems={problems}
          change={(systemBanner) => edit({ systemBanner })}
        />
        <AnnouncementForm
          announcement={draft.announcement}
          problem={problems.message}
          change={(announcement) => edit({ announcement })}
        />
        <History versions={versions} />
      </SpaceBetween>
      {saving && <SaveDialog base={base} draft={draft} close={() => setSaving(false)} />}
    </ContentLayout>
  );
}

function begun(version: Version) {
  return { base: version, draft: version.configuration };
}

interface OvertakenProps {
  newest: Version;
  base: Version;
  rebase: () => void;
}

/** Somebody else saved while this draft was being written. */
function Overtaken({ newest, base, rebase }: OvertakenProps) {
  const theirs = changes(base.configuration, newest.configuration);
  return (
    <Alert
      type="warning"
      header={`${newest.changedBy} saved version ${newest.versionId} meanwhile`}
      action={<Button onClick={rebase}>Bring theirs in</Button>}
    >
      {theirs.length > 0 ? `They changed: ${theirs.join(", ")}. ` : ""}
      Nothing of yours is lost or saved yet: bring their changes in, look at both, and save.
    </Alert>
  );
}
