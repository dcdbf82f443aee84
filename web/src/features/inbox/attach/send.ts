import { filesToSend, type Chosen } from './chosen';
import { afterUploads, sendFile, type Sender } from './uploads';

export { sendFile };

interface SendChosen {
  sender: Sender;
  files: readonly Chosen[];
  text: string;
  replyTo: string | null;
  sendText: (text: string) => void;
}

/** Sends the files in their order; the first of them answers, and text that none of them can carry follows them. */
export function sendChosen({ sender, files, text, replyTo, sendText }: SendChosen): void {
  const { toSend, rest } = filesToSend(files, text);
  toSend.forEach((file, index) => sendFile(sender, file, index === 0 ? replyTo : null));
  if (rest !== '') afterUploads(sender.id, () => sendText(rest));
}
