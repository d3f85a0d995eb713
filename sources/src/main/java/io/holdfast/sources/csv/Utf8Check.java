package io.holdfast.sources.csv;

/** Whether bytes are UTF-8 (RFC 3629: no surrogates, no overlong forms), taken one by one. Not thread-safe. */
final class Utf8Check {

    private int rest;
    private int lowest = 0x80;
    private int highest = 0xbf;
    private boolean broken;

    void take(int octet) {
        if (rest > 0) {
            broken |= octet < lowest || octet > highest;
            lowest = 0x80;
            highest = 0xbf;
            rest--;
        } else if (octet >= 0x80) {
            begin(octet);
        }
    }

    private void begin(int octet) {
        if (octet < 0xc2 || octet > 0xf4) {
            broken = true;
        } else if (octet < 0xe0) {
            rest = 1;
        } else {
            rest = octet < 0xf0 ? 2 : 3;
            lowest = octet == 0xe0 ? 0xa0 : octet == 0xf0 ? 0x90 : 0x80;
            highest = octet == 0xed ? 0x9f : octet == 0xf4 ? 0x8f : 0xbf;
        }
    }

    boolean isValid() {
        return !broken && rest == 0;
    }
}
