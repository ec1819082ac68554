using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Clinic.Proof;

namespace Clinic.EventLog.Proofs;

/// <summary>What a witness answered to a checkpoint.</summary>
/// <param name="Held">The size it has cosigned last, when it is another than was said.</param>
public sealed record WitnessAnswer(int Status, NoteSignature? Cosignature = null, long? Held = null, string? Detail = null);

/// <summary>Speaks C2SP tlog-witness to one witness.</summary>
/// <param name="key">The witness' own, pinned here: what it sends is believed when this key has signed it.</param>
public sealed class WitnessClient(HttpClient http, VerifierKey key)
{
    private const string SizeType = "text/x.tlog.size";

    public VerifierKey Key => key;

    /// <summary>The last checkpoint it has cosigned of a log; null when there is none.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    /// <exception cref="ProofException">Its answer is not signed by it.</exception>
    public async Task<SignedNote?> Latest(string origin, CancellationToken ct)
    {
        using var response = await http.GetAsync(new Uri($"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))}/checkpoint", UriKind.Relative), ct);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        var note = SignedNote.Parse(await response.Content.ReadAsStringAsync(ct));
        note.Verify(key);
        return note;
    }

    /// <summary>Asks for a cosignature.</summary>
    /// <param name="old">The size of the last checkpoint it has cosigned, as far as is known here.</param>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    /// <exception cref="ProofException">What it answers is not its cosignature.</exception>
    public async Task<WitnessAnswer> Add(long old, IEnumerable<byte[]> proof, SignedNote note, CancellationToken ct)
    {
        var body = $"old {old.ToString(CultureInfo.InvariantCulture)}\n{string.Concat(proof.Select(hash => Convert.ToBase64String(hash) + "\n"))}\n{note}";
        using var response = await http.PostAsync(new Uri("add-checkpoint", UriKind.Relative), new StringContent(body, new UTF8Encoding(false)), ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        var status = (int)response.StatusCode;
        if (status == 200) return new WitnessAnswer(status, Cosignature(note, text));
        return response.Content.Headers.ContentType?.MediaType == SizeType && long.TryParse(text.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var held)
            ? new WitnessAnswer(status, Held: held)
            // only the first line, and only what can be printed: it goes into an alarm
            : new WitnessAnswer(status, Detail: new string([.. text.Split('\n')[0].Take(200).Where(c => !char.IsControl(c))]));
    }

    private NoteSignature Cosignature(SignedNote note, string lines)
    {
        SignedNote signed;
        try
        {
            signed = SignedNote.Parse(note.Text + "\n" + lines);
        }
        catch (FormatException e)
        {
            throw new ProofException($"the answer of {key.Name} is no cosignature: {e.Message}");
        }
        signed.Verify(key);
        return signed.Signatures.First(s => s.Name == key.Name && s.KeyId == key.KeyId);
    }
}
