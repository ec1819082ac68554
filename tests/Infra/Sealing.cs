using System.Buffers.Text;
using System.Security.Cryptography;
using Clinic.Hosting;

namespace Clinic.Tests.Infra;

/// <summary>The key agreement, against somebody else's numbers.</summary>
public sealed class Sealing
{
    [Fact]
    public void the_agreed_key_is_that_of_RFC_7518_appendix_C()
    {
        using var alice = Key("gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0", "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps", "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo");
        using var bob = Key("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck", "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw");
        foreach (var (own, other) in new[] { (alice, bob), (bob, alice) })
            Base64Url.EncodeToString(SealingKey.Agree(own, other.PublicKey, "A128GCM", "Alice", "Bob", 128)).ShouldBe("VqqN6vgjbSBcIijNcacQGg");
    }

    private static ECDiffieHellman Key(string x, string y, string d) => ECDiffieHellman.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Url.DecodeFromChars(x), Y = Base64Url.DecodeFromChars(y) },
        D = Base64Url.DecodeFromChars(d)
    });
}
