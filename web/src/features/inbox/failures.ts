/** What a person can do about a failed message, by the next step that the API names. Pure. */
import type { SendError } from '@/api/schema';

export interface FailureActions {
  /** Whether a template can be sent instead. */
  template?: boolean;
  /** Whether the same message may be sent again. */
  again: boolean;
  /** Where the cause is mended. */
  place: 'number' | 'manager' | null;
}

type Step = SendError['nextStep'];

const actions = (again: boolean, more: Partial<FailureActions> = {}): FailureActions => ({
  again,
  place: null,
  ...more,
});

export function actionsOf(step: Step): FailureActions {
  switch (step) {
    case 'retry':
    case 'retry_later':
    case 'check_price':
    case 'verify_customer':
    case 'unblock':
    case 'add_test_recipient':
      return actions(true);
    case 'resume_number':
      return actions(false, { place: 'number' });
    case 'connect_number':
    case 'check_number':
      return actions(true, { place: 'number' });
    case 'check_account':
    case 'check_payment':
      return actions(true, { place: 'manager' });
    case 'check_template':
      return actions(false, { place: 'manager' });
    case 'send_template':
      return actions(false, { template: true });
    // The same message would fail again, or WhatsApp would punish it.
    case 'wait_a_day':
    case 'change_message':
    case 'answer_customer':
    case 'send_whole_text':
    case 'change_file':
    case 'use_another_channel':
    case 'ask_for_phone':
    case 'stop_marketing':
    case 'respect_opt_out':
      return actions(false);
  }
}
