using Clinic.Proof;

namespace Clinic.Tests.Proof;

public sealed class Architecture
{
    [Fact]
    public void the_formats_need_nothing_but_the_base_class_library() =>
        typeof(Checkpoint).Assembly.GetReferencedAssemblies().Select(a => a.Name).ShouldAllBe(name => name!.StartsWith("System.", StringComparison.Ordinal));
}
