using System.Diagnostics;
using System.Security.Cryptography;
using Clinic.EventLog.Keys;

namespace Clinic.Bench;

/// <summary>
/// What encrypting one personal member costs beside AES-256-GCM of the same bytes under a key at hand: a derived key for each place,
/// lengths that tell less, and text that JSON can hold. One thread; the data key is in memory, as it is for all but the first.
/// </summary>
internal static class Fields
{
    private const int Times = 20_000;

    public static async Task Run(Setup setup, Report report)
    {
        var (key, keyId, json) = (RandomNumberGenerator.GetBytes(32), Guid.NewGuid(), new byte[200]);
        Array.Fill(json, (byte)'x');
        var place = new FieldPlace(Sample.Tenant, "note-" + Guid.NewGuid().ToString("N"), Guid.NewGuid(), "text");
        var text = FieldCipher.Seal(json, keyId, key, place);
        var (nonce, cipher, tag, plain) = (RandomNumberGenerator.GetBytes(12), new byte[json.Length], new byte[16], new byte[json.Length]);
        using (var aes = new AesGcm(key, 16)) aes.Encrypt(nonce, json, cipher, tag);

        var medians = await report.Interleaved("one personal member",
            ("encrypt", () => Microseconds(() => FieldCipher.Seal(json, keyId, key, place))),
            ("encrypt, floor", () => Microseconds(() =>
            {
                using var aes = new AesGcm(key, 16);
                aes.Encrypt(nonce, json, cipher, tag);
            }
        )),
            ("decrypt", () => Microseconds(() => FieldCipher.Open(text, key, place))),
            ("decrypt, floor", () => Microseconds(() =>
            {
                using var aes = new AesGcm(key, 16);
                aes.Decrypt(nonce, cipher, tag, plain);
            }
        )));
        report.Add("encrypt one personal member of 200 bytes, to AES-GCM alone", "µs", medians[0], medians[1]);
        report.Add("decrypt one personal member of 200 bytes, to AES-GCM alone", "µs", medians[2], medians[3]);
    }

    private static Task<double> Microseconds(Action work)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Times; i++) work();
        return Task.FromResult(clock.Elapsed.TotalMicroseconds / Times);
    }
}
