using System.Security.Cryptography;
using System.Text;
using Clinic.Contracts;

namespace Clinic.Session.Domain;

/// <summary>What holds for every command about a thread.</summary>
internal static class ThreadRules
{
    /// <exception cref="RuleViolation">There is none, or it is closed.</exception>
    public static AsyncThread Open(this AsyncThread? state) => state.Known() is { Status: not ThreadStatus.Closed } open
        ? open
        : throw new RuleViolation("thread_closed", "No message follows in a closed thread.", "threadId");

    public static AsyncThread Known(this AsyncThread? state) =>
        state ?? throw new RuleViolation("thread_unknown", "There is no such thread.", "threadId");

    /// <summary>The two who write in it, and nobody for them.</summary>
    public static void MustBeIn(this Actor by, AsyncThread thread)
    {
        if (by.Id != (by.Role is Roles.Client ? thread.ClientId : thread.PractitionerId))
            throw new RuleViolation("not_in_thread", "Only the client and the supporter of a thread write in it.");
    }

    /// <summary>SHA-256 over salt and text, as hex.</summary>
    public static string Hash(string salt, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + "\n" + text)));
}

/// <summary>What somebody who writes brings along.</summary>
/// <param name="Salt">Random, for the content's hash.</param>
/// <param name="Care">Of the thread's client. Append with it at the version read here.</param>
public sealed record WritingFacts(Actor By, string Salt, SessionPolicy Policy, ClientCare? Care);
