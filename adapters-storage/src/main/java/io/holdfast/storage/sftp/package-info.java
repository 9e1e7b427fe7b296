/**
 * Blob stores on SSH servers, by SFTP version 3 and the extensions of OpenSSH where a server has
 * them. The only package that knows sshj.
 */
@NullMarked
package io.holdfast.storage.sftp;

import org.jspecify.annotations.NullMarked;
