using System.Reflection;
using Xunit;

namespace SyncHealth.Contracts.Tests;

/// <summary>Codes are promises: these lists may grow and never shrink or change.</summary>
public sealed class CodesTests
{
    [Fact]
    public void ReasonCodes_OfTheContract_AreThere() => Assert.Subset(
        Codes(typeof(ReasonCodes)).ToHashSet(),
        new HashSet<string> { "timestamp_out_of_range", "app_required", "app_mismatch", "invalid_type", "inconsistent_outcome", "duration_out_of_range", "unknown_app" });

    [Fact]
    public void DropReasons_AreThePromisedOnes() => Assert.Equal(
        ["buffer_full", "expired", "poison", "queue_damaged", "queue_full", "server_error", "storage_error", "too_large"],
        Codes(typeof(DropReasons)));

    [Fact]
    public void WireHeaders_AreThePromisedOnes() => Assert.Equal(
        ["Idempotency-Key", "X-SyncHealth-Attempt", "X-SyncHealth-Key"],
        Codes(typeof(WireHeaders)));

    private static IEnumerable<string> Codes(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal);
}
