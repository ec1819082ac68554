using System.Collections.Concurrent;
using Clinic.Proof;

namespace Clinic.Witness;

/// <summary>What is answered, as the specification names it.</summary>
internal enum Outcome
{
    Cosigned,
    /// <summary>400: not a request, or an old size above the new one.</summary>
    Malformed,
    /// <summary>404: no key is configured for this log.</summary>
    UnknownLog,
    /// <summary>403: its key has not signed.</summary>
    NotSigned,
    /// <summary>409: the old size is not what was cosigned last, or two roots over one size.</summary>
    Conflict,
    /// <summary>422: the proof does not hold.</summary>
    Inconsistent
}

/// <param name="Held">With <see cref="Outcome.Conflict"/>: the size that was cosigned last; null where the sizes agree and the roots do not.</param>
/// <param name="Line">With <see cref="Outcome.Cosigned"/>.</param>
internal sealed record Answer(Outcome Outcome, string Detail, long? Held = null, NoteSignature? Line = null);

/// <summary>
/// Remembers for each log the last checkpoint it has cosigned, and cosigns another only when that one is its beginning: two
/// histories of one log never both get its signature (C2SP tlog-witness).
/// </summary>
internal sealed class Witness(NoteSigner signer, string logs, StateFolder state, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lock> turns = new();

    public VerifierKey Key => signer.Public;

    public static Witness Configured(IConfiguration configuration, TimeProvider time)
    {
        string Need(string name) => configuration["Witness:" + name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"setting Witness__{name} is missing");
        var file = Need("KeyFile");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            throw new InvalidOperationException($"{Path.GetFileName(file)} may be read by others than its owner: chmod 400");
        // the .vkey beside the key says its name, unless it is told
        var vkey = Path.ChangeExtension(file, ".vkey");
        var name = configuration["Witness:Name"] is { Length: > 0 } || !File.Exists(vkey) ? Need("Name") : VerifierKey.Parse(File.ReadAllText(vkey).Trim()).Name;
        return new Witness(NoteSigner.FromPem(name, SignatureKind.Cosignature, File.ReadAllText(file)), Need("LogsDir"), new StateFolder(Need("StateDir")), time);
    }

    /// <summary>The last checkpoint cosigned, with the log's signature and ours.</summary>
    /// <param name="logId">SHA-256 of the origin, lower-case hex.</param>
    public SignedNote? Latest(string logId) => state.Read(logId);

    /// <summary>Checks, remembers, cosigns; in the order of the specification.</summary>
    public Answer Add(string body)
    {
        AddCheckpointRequest request;
        Checkpoint checkpoint;
        try
        {
            request = AddCheckpointRequest.Parse(body);
            checkpoint = Checkpoint.Parse(request.Note.Text);
        }
        catch (FormatException e)
        {
            return new Answer(Outcome.Malformed, e.Message);
        }
        if (Log(checkpoint.Origin) is not { } log) return new Answer(Outcome.UnknownLog, $"no key is configured for {checkpoint.Origin}");
        try
        {
            Checkpoint.Open(request.Note, checkpoint.Origin, log);
        }
        catch (ProofException e)
        {
            return new Answer(Outcome.NotSigned, e.Message);
        }
        if (request.Old > checkpoint.Size) return new Answer(Outcome.Malformed, "the old size is above the new one");

        // what is compared and what is remembered are one step, whoever else asks
        lock (turns.GetOrAdd(checkpoint.Origin, _ => new Lock())) return Next(request, checkpoint);
    }

    private Answer Next(AddCheckpointRequest request, Checkpoint checkpoint)
    {
        var id = StateFolder.LogId(checkpoint.Origin);
        var held = state.Read(id) is { } note ? Checkpoint.Parse(note.Text) : new Checkpoint(checkpoint.Origin, 0, MerkleHash.Empty);
        if (request.Old != held.Size) return new Answer(Outcome.Conflict, $"{held.Size} was cosigned last", held.Size);
        if (request.Old == checkpoint.Size && !held.Root.AsSpan().SequenceEqual(checkpoint.Root))
            return new Answer(Outcome.Conflict, $"another root was cosigned over {held.Size} positions");
        if (!MerkleProof.VerifyConsistency(held.Size, checkpoint.Size, request.Proof, held.Root, checkpoint.Root))
            return new Answer(Outcome.Inconsistent, $"what was cosigned over {held.Size} positions is not the beginning of this");
        var line = signer.Sign(request.Note.Text, time.GetUtcNow());
        // other lines say nothing to us and may be any number
        state.Write(id, new SignedNote(request.Note.Text, [.. request.Note.Signatures.Where(s => s.Name == checkpoint.Origin), line]));
        return new Answer(Outcome.Cosigned, $"{checkpoint.Size} cosigned", null, line);
    }

    /// <summary>Read each time: whoever runs the witness adds a log, or a log's new epoch, without a restart.</summary>
    private VerifierKey? Log(string origin) => Directory.EnumerateFiles(logs, "*.vkey").Select(file => VerifierKey.Parse(File.ReadAllText(file).Trim()))
        .FirstOrDefault(key => key.Name == origin && key.Kind == SignatureKind.Signature);
}
