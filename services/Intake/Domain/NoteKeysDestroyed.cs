using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>A service, or intake itself, has destroyed its keys. A reaction's own command, so not a contract.</summary>
public sealed record NoteKeysDestroyed(string ClientId, string ErasureId, string Service, int Keys);

public static class NoteKeysDestroyedAggregateHandler
{
    public static object[] Handle(NoteKeysDestroyed command, ClientErasure? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Service)
            throw new RuleViolation("role_not_permitted", "Only a service's reaction may note destroyed keys.");
        // told twice, or of an erasure that is complete
        if (state?.Running is not { } running || running.ErasureId != command.ErasureId || state.Answered.Any(a => a.Service == command.Service))
            return [];

        var answered = new ServiceErased(command.ErasureId, command.ClientId, command.Service, command.Keys);
        ServiceErased[] all = [.. state.Answered, answered];
        return ClientErasure.Services.All(service => all.Any(a => a.Service == service))
            ? [answered, new ErasureCompleted(command.ErasureId, command.ClientId, all.Sum(a => a.Keys))]
            : [answered];
    }
}
