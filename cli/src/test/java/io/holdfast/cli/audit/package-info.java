@NullMarked
package io.holdfast.cli.audit;

import org.jspecify.annotations.NullMarked;
