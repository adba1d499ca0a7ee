using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace SyncHealth.Contracts.Tests;

public sealed class WireTests
{
    [Fact]
    public void Names_EveryField_AreTheContractsWords()
    {
        Assert.Equal(["full", "delta", "push", "pull", "open", "reset"], Wire.Type.Names);
        Assert.Equal(["success", "partial", "failure", "cancelled"], Wire.Outcome.Names);
        Assert.Equal(["unknown", "app_open", "foreground", "user", "retry", "local_write", "priority", "scheduled", "reconnect"], Wire.Trigger.Names);
        Assert.Equal(["unknown", "wifi", "cellular", "ethernet", "none"], Wire.Network.Names);
        Assert.Equal(["unknown", "both", "up", "down"], Wire.Direction.Names);
        Assert.Equal(["offline", "timeout", "server", "auth", "denied", "client", "storage", "cancelled", "schema", "unknown"], Wire.ErrorKind.Names);
        Assert.Equal(["unknown", "update_update", "update_delete", "delete_update", "insert_insert", "unique"], Wire.ConflictKind.Names);
        Assert.Equal(["unknown", "lww", "crdt", "merge", "ot", "manual", "unresolved"], Wire.ConflictStrategy.Names);
        Assert.Equal(["unknown", "local", "remote", "merged"], Wire.ConflictWinner.Names);
    }

    [Fact]
    public void EveryMember_NamedAndParsed_IsItself()
    {
        AssertRoundTrip(Wire.Type);
        AssertRoundTrip(Wire.Trigger);
        AssertRoundTrip(Wire.Network);
        AssertRoundTrip(Wire.Direction);
        AssertRoundTrip(Wire.ConflictKind);
        AssertRoundTrip(Wire.ConflictStrategy);
        AssertRoundTrip(Wire.ConflictWinner);
        AssertRoundTrip(Wire.Outcome, except: SyncOutcome.None);
        AssertRoundTrip(Wire.ErrorKind, except: SyncErrorKind.None);
    }

    [Fact]
    public void StoredCodes_OfEveryField_NeverChange()
    {
        Assert.Equal([1, 2, 3, 4, 5, 6], Enum.GetValues<SyncType>().Select(v => (int)v));
        Assert.Equal(Enumerable.Range(0, 5), Enum.GetValues<SyncOutcome>().Select(v => (int)v));
        Assert.Equal(Enumerable.Range(0, 11), Enum.GetValues<SyncErrorKind>().Select(v => (int)v));
        Assert.Equal((SyncTrigger)8, SyncTrigger.Reconnect);
        Assert.Equal((SyncNetwork)4, SyncNetwork.None);
        Assert.Equal((ConflictStrategy)6, ConflictStrategy.Unresolved);
        Assert.Equal((ConflictKind)5, ConflictKind.Unique);
        Assert.Equal((ConflictWinner)3, ConflictWinner.Merged);
        Assert.Equal((SyncDirection)3, SyncDirection.Down);
    }

    [Fact]
    public void TryParse_AnyOtherText_IsRefused() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<NonNull<string>>().ToArbitrary(), text =>
            Wire.Type.TryParse(text.Get, out _) == Wire.Type.Names.Contains(text.Get))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));

    [Fact]
    public void NameOrUnknown_NumberWithoutName_IsUnknown()
    {
        Assert.Equal("unknown", Wire.Type.NameOrUnknown((SyncType)99));
        Assert.Equal("delta", Wire.Type.NameOrUnknown(SyncType.Delta));
        Assert.Throws<KeyNotFoundException>(() => Wire.Type.NameOf((SyncType)99));
    }

    private static void AssertRoundTrip<T>(WireEnum<T> wire, T? except = null)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>().Where(value => !value.Equals(except)))
        {
            Assert.True(wire.TryParse(wire.NameOf(value), out var parsed));
            Assert.Equal(value, parsed);
        }
    }
}
