import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { ApiError } from "@/api/errors";
import { FormModal } from "@/app/FormModal";
import { useNotices } from "@/app/notices";
import { useSave, useVersions } from "./api";
import { changes } from "./changes";
import type { Configuration, Version } from "./types";

interface Props {
  base: Version;
  draft: Configuration;
  close: () => void;
}

/** What is about to be saved, in words, and why. */
export function SaveDialog({ base, draft, close }: Props) {
  const save = useSave();
  const { refetch } = useVersions();
  const { tell } = useNotices();
  const [reason, setReason] = useState("");
  const submit = async () => {
    const changeReason = reason.trim() || undefined;
    try {
      await save({ configuration: draft, changeReason, versionId: base.versionId });
      tell("success", "The configuration was saved, and holds for everybody.");
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) throw error;
      // The page then tells who was faster, and offers to bring their changes in.
      await refetch();
    }
    close();
  };
  return (
    <FormModal header="Save the configuration" verb="Save" submit={submit} close={close}>
      <ChangeList changes={changes(base.configuration, draft)} />
      <FormField label="Why" description="Kept with your name for later. You may leave it empty.">
        <Input value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 200))} />
      </FormField>
    </FormModal>
  );
}

export function ChangeList({ changes }: { changes: string[] }) {
  return (
    <Box>
      <ul>
        {changes.map((change) => (
          <li key={change} className="breakable">
            {change}
          </li>
        ))}
      </ul>
    </Box>
  );
}
