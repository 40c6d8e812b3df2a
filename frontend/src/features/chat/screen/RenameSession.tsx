import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { FormModal } from "@/app/FormModal";

interface Props {
  name: string;
  rename: (name: string) => Promise<unknown>;
  close: () => void;
}

const LONGEST = 100;

/** Asks for another name of a conversation. */
export function RenameSession({ name, rename, close }: Props) {
  const [text, setText] = useState(name);
  const trimmed = text.trim();
  const wrong = wrongWith(trimmed);
  const submit = async () => {
    if (wrong) return;
    await rename(trimmed);
    close();
  };
  return (
    <FormModal header="Rename this chat" verb="Rename" submit={submit} close={close}>
      <FormField label="Name" errorText={wrong}>
        <Input value={text} autoFocus onChange={({ detail }) => setText(detail.value)} />
      </FormField>
    </FormModal>
  );
}

function wrongWith(name: string): string | undefined {
  if (name === "") return "Give it a name.";
  return name.length > LONGEST ? `It may have ${LONGEST} characters; shorten it.` : undefined;
}
