package io.holdfast.launcher.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** No field, and no method's answer, that is named like a secret is a text. */
final class KeepSecretsOutOfText extends ArchCondition<JavaClass> {

  private static final Pattern SECRET =
      Pattern.compile(".*(password|secret|passphrase|token|credential).*");

  private final Set<String> exempt;

  KeepSecretsOutOfText(String root) {
    super("keep secrets out of text");
    // The token of a lock opens nothing: it tells one taking of the lock from every other, in plain
    // sight.
    this.exempt = Set.of(root + ".application.port.out.store.LockHolder");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (exempt.contains(type.getName())) {
      return;
    }
    Stream<JavaMember> texts =
        Stream.concat(
            type.getFields().stream().filter(field -> isText(field.getRawType())),
            type.getMethods().stream().filter(method -> isText(method.getRawReturnType())));
    texts
        .filter(member -> !isConstant(member))
        .filter(KeepSecretsOutOfText::isNamedLikeASecret)
        .forEach(
            member ->
                events.add(
                    SimpleConditionEvent.violated(
                        member, member.getDescription() + " is a text named like a secret")));
  }

  /** A constant of the source is no secret, or the secret is lost already. */
  private static boolean isConstant(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.STATIC)
        && member.getModifiers().contains(JavaModifier.FINAL);
  }

  private static boolean isNamedLikeASecret(HasName member) {
    return SECRET.matcher(member.getName().toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isText(JavaClass type) {
    return type.isEquivalentTo(String.class) || type.isEquivalentTo(CharSequence.class);
  }
}
