package io.holdfast.sources.csv;

/**
 * Counts, byte by byte, how much of a file is everyday Japanese (kana, punctuation and the kanji of JIS level 1) if it is
 * read in one of two encodings, and whether all of it can be read so. Not thread-safe.
 */
final class EverydayJapanese {

    private final boolean eucJp;
    private int lead;
    private boolean broken;
    private long everyday;
    private long other;

    private EverydayJapanese(boolean eucJp) {
        this.eucJp = eucJp;
    }

    static EverydayJapanese shiftJis() {
        return new EverydayJapanese(false);
    }

    static EverydayJapanese eucJp() {
        return new EverydayJapanese(true);
    }

    void take(int octet) {
        if (lead == 0) {
            begin(octet);
        } else if (eucJp) {
            endEucJp(octet);
        } else {
            endShiftJis(octet);
        }
    }

    private void begin(int octet) {
        if (octet < 0x80) {
            return;
        }
        if (!eucJp && octet >= 0xa1 && octet <= 0xdf) {
            other++; // half-width kana stand alone
        } else if (eucJp ? isEucJpLead(octet) : isShiftJisLead(octet)) {
            lead = octet;
        } else {
            broken = true;
        }
    }

    private static boolean isShiftJisLead(int octet) {
        return octet > 0x80 && octet != 0xa0 && octet <= 0xfc;
    }

    private static boolean isEucJpLead(int octet) {
        return octet == 0x8e || octet == 0x8f || (octet >= 0xa1 && octet <= 0xfe);
    }

    private void endShiftJis(int octet) {
        broken |= octet < 0x40 || octet == 0x7f || octet > 0xfc;
        count(lead <= 0x98);
    }

    /** {@code 8E} begins half-width kana; {@code 8F} three bytes, whose second is then taken as a lead. */
    private void endEucJp(int octet) {
        broken |= octet < 0xa1 || octet > 0xfe;
        if (lead == 0x8f) {
            lead = 0xfe;
        } else {
            count(lead >= 0xa1 && lead <= 0xcf);
        }
    }

    private void count(boolean common) {
        everyday += common ? 1 : 0;
        other += common ? 0 : 1;
        lead = 0;
    }

    long everyday() {
        return everyday;
    }

    /** All can be read, and at least one in so many is everyday. */
    boolean isLikely(int share) {
        return !broken && lead == 0 && everyday > 0 && everyday * share >= everyday + other;
    }
}
