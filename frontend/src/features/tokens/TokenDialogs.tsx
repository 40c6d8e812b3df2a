import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { Confirm } from "@/app/Confirm";
import { FormModal } from "@/app/FormModal";
import { useNotices } from "@/app/notices";
import { useTokenActions } from "./api";
import { ChangeEnd } from "./ChangeEnd";
import type { TokenAction } from "./columns";
import type { ApiToken } from "./types";

interface Props {
  token: ApiToken;
  close: () => void;
}

/** The dialog of what is to be done to a token. */
export function TokenDialog({ action, ...props }: Props & { action: TokenAction }) {
  if (action === "rename") return <Rename {...props} />;
  if (action === "move") return <ChangeEnd {...props} />;
  return action === "end" ? <EndNow {...props} /> : <Revoke {...props} />;
}

function Rename({ token, close }: Props) {
  const { change } = useTokenActions();
  const [name, setName] = useState(token.name);
  const wrong = name.trim() ? undefined : "Say what the token is for.";
  const submit = async () => {
    if (wrong) return;
    await change(token.tokenUUID, { name: name.trim() });
    close();
  };
  return (
    <FormModal header={`Rename “${token.name}”`} verb="Rename" submit={submit} close={close}>
      <FormField label="Name" errorText={wrong} constraintText="At most 100 characters.">
        <Input value={name} onChange={({ detail }) => setName(detail.value.slice(0, 100))} />
      </FormField>
    </FormModal>
  );
}

function EndNow({ token, close }: Props) {
  const { change } = useTokenActions();
  const { tell } = useNotices();
  const act = async () => {
    await change(token.tokenUUID, { tokenExpiration: 0 });
    tell("success", `“${token.name}” has ended.`);
  };
  return (
    <Confirm header={`End “${token.name}” now?`} verb="End now" act={act} close={close}>
      Whoever uses it is refused within a second. It stays in the list, so that you still see whose
      it was.{warning(token)}
    </Confirm>
  );
}

function Revoke({ token, close }: Props) {
  const { revoke } = useTokenActions();
  const { tell } = useNotices();
  const act = async () => {
    await revoke(token.tokenUUID);
    tell("success", `“${token.name}” was revoked.`);
  };
  return (
    <Confirm header={`Revoke “${token.name}”?`} verb="Revoke" act={act} close={close}>
      Whoever uses it is refused within a second, and it leaves the list. It cannot be brought back.
      {warning(token)}
    </Confirm>
  );
}

function warning({ isSystemToken }: ApiToken): string {
  return isSystemToken ? " It belongs to a program, which stops working until it has another." : "";
}
