/** Tests of certificates. */
@NullMarked
package io.armwise.service.certificate;

import org.jspecify.annotations.NullMarked;
