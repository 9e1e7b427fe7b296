package io.holdfast.storage.sftp;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import net.schmizz.sshj.common.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Lets sshj do with the JDK's cryptography, whose ciphers are several times as fast as
 * BouncyCastle's.
 */
final class SshCryptography {

  static {
    SecurityUtils.setRegisterBouncyCastle(false);
    SecurityUtils.setSecurityProvider(null);
    Security.addProvider(new NamesOfBouncyCastle());
  }

  private SshCryptography() {}

  /** To be called before sshj is used; does something the first time. */
  static void prepare() {
    // The class's initialisation has done it.
  }

  /** sshj asks for the keys of elliptic curves by the name that BouncyCastle gives them. */
  private static final class NamesOfBouncyCastle extends Provider {
    private static final long serialVersionUID = 1L;

    private NamesOfBouncyCastle() {
      super("HoldfastSsh", "1", "The JDK's EC keys by the name of ECDSA");
      putService(
          new Service(this, "KeyFactory", "ECDSA", EcKeyFactory.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
              return new EcKeyFactory(KeyFactory.getInstance("EC"));
            }
          });
    }
  }

  private static final class EcKeyFactory extends KeyFactorySpi {
    private final KeyFactory ec;

    private EcKeyFactory(KeyFactory ec) {
      this.ec = ec;
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
      return ec.generatePublic(spec);
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      return ec.generatePrivate(spec);
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type)
        throws InvalidKeySpecException {
      return ec.getKeySpec(key, type);
    }

    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
      return ec.translateKey(key);
    }
  }
}
