import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { FormModal } from "@/app/FormModal";
import { TextField } from "@/app/fields";
import { useCaller } from "@/auth/session";
import { useTokenActions } from "./api";
import { LastsFields, RightsFields, WhoseFields } from "./CreateTokenFields";
import { draftRules, EMPTY, type TokenDraft, wishOf } from "./draft";
import type { NewToken } from "./types";

interface Props {
  created: (token: NewToken) => void;
  close: () => void;
}

/** The form that makes a token: for oneself or, as an administrator, for anybody. */
export function CreateToken({ created, close }: Props) {
  const caller = useCaller();
  const { create } = useTokenActions();
  const form = useForm<TokenDraft>({
    defaultValues: EMPTY,
    resolver: (values, context, options) =>
      zodResolver(draftRules(caller, seconds()))(values, context, options),
  });
  const submit = form.handleSubmit(async (draft) => {
    created(await create(...wishOf(draft, seconds())));
  });
  return (
    <FormModal header="Create an API token" verb="Create" submit={submit} close={close}>
      <TextField
        control={form.control}
        name="name"
        label="Name"
        description="What it is for, so that you know later which one to revoke."
        placeholder="notebook"
      />
      {caller.admin && <WhoseFields form={form} />}
      <LastsFields form={form} />
      <RightsFields form={form} />
    </FormModal>
  );
}

function seconds(): number {
  return Date.now() / 1000;
}
