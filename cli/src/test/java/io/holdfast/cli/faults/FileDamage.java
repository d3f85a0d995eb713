package io.holdfast.cli.faults;

import io.holdfast.testkit.random.SeededRandom;
import java.util.Arrays;

/** Ways in which a disk or a careless hand damages a file. */
enum FileDamage {
    /** A few bits are other than they were written. */
    FLIPPED {
        @Override
        byte[] of(byte[] whole, SeededRandom random) {
            byte[] hurt = whole.clone();
            for (int left = 1 + random.nextInt(8); left > 0; left--) {
                hurt[random.nextInt(hurt.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return hurt;
        }
    },
    /** A page reads as zeros: it never reached the disk. */
    ZEROED {
        @Override
        byte[] of(byte[] whole, SeededRandom random) {
            byte[] hurt = whole.clone();
            int page = random.nextInt(hurt.length / PAGE);
            Arrays.fill(hurt, page * PAGE, (page + 1) * PAGE, (byte) 0);
            return hurt;
        }
    },
    /** A page holds what belongs elsewhere: it was written to the wrong place. */
    MISPLACED {
        @Override
        byte[] of(byte[] whole, SeededRandom random) {
            byte[] hurt = whole.clone();
            int pages = hurt.length / PAGE;
            System.arraycopy(whole, random.nextInt(pages) * PAGE, hurt, random.nextInt(pages) * PAGE, PAGE);
            return hurt;
        }
    },
    /** A stretch is noise. */
    GARBLED {
        @Override
        byte[] of(byte[] whole, SeededRandom random) {
            byte[] hurt = whole.clone();
            int from = random.nextInt(hurt.length);
            for (int i = from; i < Math.min(hurt.length, from + 1 + random.nextInt(PAGE)); i++) {
                hurt[i] = (byte) random.nextInt(256);
            }
            return hurt;
        }
    },
    /** The end is missing. */
    CUT {
        @Override
        byte[] of(byte[] whole, SeededRandom random) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
    },
    /** The end is missing, at a page's end, as when a copy broke off. */
    CUT_AT_PAGE {
        @Override
        byte[] of(byte[] whole, SeededRandom random) {
            return Arrays.copyOf(whole, random.nextInt(whole.length / PAGE) * PAGE);
        }
    },
    /** Everything reads as zeros. */
    ZEROED_WHOLE {
        @Override
        byte[] of(byte[] whole, SeededRandom random) {
            return new byte[whole.length];
        }
    };

    private static final int PAGE = 4096;

    /** What becomes of a file's bytes. */
    abstract byte[] of(byte[] whole, SeededRandom random);
}
