package io.holdfast.earnings;

import io.holdfast.core.error.ErrorCode;
import java.util.List;

/**
 * Something that the user should be told about what is stored of his earnings on this device.
 *
 * @param code STORE_DAMAGED, or STORE_NOT_A_STORE, if the file or a row of it is not what was written; EARNINGS_STATE if it is, but contradicts itself, here or,
 *     without choices, in what another of the user's devices told;
 *     STORE_LIMIT if there is more than the limit and nothing can be given up
 * @param sentence what happened and what to do, for the user
 * @param findings one line each, for whoever looks into it; no amounts
 * @param choices what can be done about damage, the best first, see {@link EarningsRecovery}
 */
public record Notice(ErrorCode code, String sentence, List<String> findings, List<Choice> choices) {

    /** What can be done about damage. */
    public enum Choice {
        /** Everything anew from the server. What the server has not got stays in the file that is kept aside. */
        SERVER,
        /** From a backup; what came later comes from the server. */
        BACKUP,
        /** Whatever can be read stays, also what the server has not got; what is missing comes from the server. */
        READABLE
    }

    /** Copies. */
    public Notice {
        findings = List.copyOf(findings);
        choices = List.copyOf(choices);
    }
}
