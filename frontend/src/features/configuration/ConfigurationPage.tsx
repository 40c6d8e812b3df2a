import { Loading } from "@/app/Loading";
import { Problem } from "@/app/Problem";
import { useVersions } from "./api";
import { Editor } from "./Editor";

/** What holds for everybody: switches, default model, banner, announcement, and who set them. */
export default function ConfigurationPage() {
  const { data, error, isPending, refetch } = useVersions();
  if (isPending) return <Loading what="Configuration" />;
  if (!data) {
    return <Problem header="The configuration could not be loaded" error={error} again={refetch} />;
  }
  const [newest] = data;
  if (!newest) {
    const empty = new Error("The server knows no version of it.");
    return <Problem header="There is no configuration" error={empty} again={refetch} />;
  }
  return <Editor newest={newest} versions={data} />;
}
