@NullMarked
package io.holdfast.cli.earnings;

import org.jspecify.annotations.NullMarked;
