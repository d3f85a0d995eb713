@NullMarked
package io.holdfast.cli.proof;

import org.jspecify.annotations.NullMarked;
