using System.Reflection;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.Messaging;

namespace Clinic.Hosting;

/// <summary>Which commands from the bus must be sealed, and how their plaintext is got.</summary>
internal static class Sealed<TCommand>
{
    /// <summary>Code of the refusal of a plaintext.</summary>
    public const string MustBeEncrypted = "must_be_encrypted";

    private static readonly PropertyInfo[] Sensitive =
        [.. typeof(TCommand).GetProperties().Where(member => member.GetCustomAttribute<SensitiveAttribute>() is not null)];

    /// <summary>One without which there is no command: then every plaintext is refused before it is looked at.</summary>
    private static readonly bool Always = Sensitive.Any(member => new NullabilityInfoContext().Create(member).WriteState != NullabilityState.Nullable);

    /// <exception cref="RuleViolation">It has to be sealed.</exception>
    /// <exception cref="MalformedException">It is not this command, or its seal does not open.</exception>
    public static TCommand Read(ForeignCommand message, SealingKeys keys)
    {
        if (message.ContentType == SealingKey.ContentType)
            return CommandJson.Read<TCommand>(keys.Open(message.Body, message.User, message.Contract));
        if (Always) throw MustBe(Sensitive[0]);
        var command = CommandJson.Read<TCommand>(message.Body);
        return Sensitive.FirstOrDefault(member => member.GetValue(command) is not null) is { } named ? throw MustBe(named) : command;
    }

    private static RuleViolation MustBe(PropertyInfo member)
    {
        var field = char.ToLowerInvariant(member.Name[0]) + member.Name[1..];
        return new RuleViolation(MustBeEncrypted,
            $"'{field}' is sensitive: over AMQP send {{\"jwe\":\"…\"}} with content type {SealingKey.ContentType}, sealed to a key of /.well-known/jwks.json.", field);
    }
}
