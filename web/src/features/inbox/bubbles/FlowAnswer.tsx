import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Card } from './Card';
import { answersOf } from './facts';
import css from './Kind.module.css';

interface FlowAnswerProps {
  reply: { name: string; body: string; response: string };
}

/** A form that was sent: its answers field by field. */
export function FlowAnswer({ reply }: FlowAnswerProps) {
  const { t } = useTranslation(['kinds', 'inbox']);
  const answers = answersOf(reply.response);
  // WhatsApp calls every form "flow".
  const name = reply.name === 'flow' ? '' : reply.name;
  return (
    <Card icon={<FileText size={20} />} title={name || t('inbox:message.flow')}>
      {answers === null && <bdi>{reply.body}</bdi>}
      {answers?.length === 0 && <span>{t('card.noAnswers')}</span>}
      {answers && answers.length > 0 && (
        <dl className={css['answers']}>
          {answers.map((answer, index) => (
            <div key={index}>
              <dt>{answer.name}</dt>
              <dd dir="auto">{answer.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
