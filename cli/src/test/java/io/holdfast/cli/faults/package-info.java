/** Real processes, real faults: kills, broken networks, full disks, damaged files, wrong clocks. */
@NullMarked
package io.holdfast.cli.faults;

import org.jspecify.annotations.NullMarked;
