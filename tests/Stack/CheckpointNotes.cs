using System.Text.Json.Nodes;
using Clinic.EventLog.Proofs;
using Clinic.Proof;

namespace Clinic.Tests;

/// <summary>A file of checkpoints as an auditor reads it.</summary>
public static class CheckpointNotes
{
    /// <summary>All notes, oldest first; half a line is none.</summary>
    public static IEnumerable<SignedNote> Notes(this CheckpointFile file) => File.ReadLines(file.Path!).Where(line => line.EndsWith('}'))
        .Select(line => SignedNote.Parse(JsonNode.Parse(line)!["note"]!.GetValue<string>()));
}
