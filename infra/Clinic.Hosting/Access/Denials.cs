using Clinic.Contracts;
using Microsoft.Extensions.Logging;

namespace Clinic.Hosting.Access;

/// <summary>
/// Writes refusals down. The refusal stands whether or not that succeeds: nothing was shown, and an answer that depended on it
/// would let an attacker see how the database is.
/// </summary>
internal sealed class Denials(AccessRecords records, TimeProvider time, ILogger<Denials> logger)
{
    public async Task Record(Actor actor, string operation, string reasonCode, string? clientId)
    {
        var now = time.GetUtcNow();
        try
        {
            // the caller may have gone away; it was refused all the same
            await records.Append<DenialLog>(actor, now, DenialLog.StreamId(actor.Id, now),
                new AccessDenied(actor.Id, actor.Role, operation, reasonCode, Ids.AreValid(clientId) ? clientId : null), null, CancellationToken.None, AccessDenied.MostADay);
        }
        catch (Exception e)
        {
            logger.LogError("A refusal of {Operation} could not be recorded: {Error}", operation, e.GetType().Name);
        }
    }
}
