/** {@code holdfast simulate}: whole worlds of devices and a server under faults, also with the schema of a user. */
@NullMarked
package io.holdfast.cli.simulate;

import org.jspecify.annotations.NullMarked;
