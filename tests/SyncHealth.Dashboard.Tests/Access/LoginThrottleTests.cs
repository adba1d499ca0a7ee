using System.Net;
using SyncHealth.Dashboard.Access;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Access;

/// <summary>Reliability F11: five wrong passwords are free, then each has to wait, by name and by address.</summary>
public sealed class LoginThrottleTests
{
    private static readonly IPAddress Home = IPAddress.Parse("203.0.113.9");

    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = new LoginThrottle(_clock);

    [Fact]
    public void Begin_OneName_WaitsDoubleUpToTheLongest()
    {
        for (var i = 0; i < LoginThrottle.Free; i++)
            Assert.Null(Begin("ann", i));
        double[] waits = [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900];
        for (var i = 0; i < waits.Length; i++)
        {
            // From another address each time: it is the name that waits, in whatever case it is written.
            Assert.Equal(TimeSpan.FromSeconds(waits[i]), Begin(i % 2 == 0 ? "ANN" : "ann ", 100 + i));
            _clock.Advance(TimeSpan.FromSeconds(waits[i] - 0.001));
            Assert.NotNull(Begin("ann", 200 + i));
            _clock.Advance(TimeSpan.FromSeconds(0.001));
            Assert.Null(Begin("ann", 300 + i));
        }

        Assert.Null(Begin("bob", 1));
    }

    [Fact]
    public void Begin_OneAddress_WaitsWhateverTheNames()
    {
        for (var i = 0; i < LoginThrottle.Free; i++)
            Assert.Null(_throttle.Begin($"name {i}", Home));
        Assert.Equal(LoginThrottle.FirstWait, _throttle.Begin("another", Home));
        Assert.Equal(LoginThrottle.FirstWait, _throttle.Begin("another", Home.MapToIPv6()));
        Assert.Null(_throttle.Begin("another", IPAddress.Parse("203.0.113.10")));
    }

    [Fact]
    public void Begin_AddressesOfOneCustomer_AreOne()
    {
        for (var i = 0; i < LoginThrottle.Free; i++)
            Assert.Null(_throttle.Begin($"name {i}", IPAddress.Parse($"2001:db8:1:2::{i}")));
        Assert.NotNull(_throttle.Begin("another", IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(_throttle.Begin("another", IPAddress.Parse("2001:db8:1:3::1")));
    }

    /// <summary>A thousand guesses for one name, as fast as they are allowed: less than one in a quarter of an hour passes in the end.</summary>
    [Fact]
    public void Begin_AThousandGuesses_TakeTenDays()
    {
        var start = _clock.GetUtcNow();
        for (var i = 0; i < 1_000; i++)
        {
            if (Begin("ann", i) is not { } wait)
                continue;
            _clock.Advance(wait);
            Assert.Null(Begin("ann", i));
        }

        Assert.InRange((_clock.GetUtcNow() - start).TotalDays, 10, 11);
    }

    [Fact]
    public void Succeed_GivesTheNameAndThisTryBack()
    {
        for (var i = 0; i < LoginThrottle.Free - 1; i++)
            Assert.Null(_throttle.Begin("ann", Home));
        Assert.Null(_throttle.Begin("ann", Home));
        _throttle.Succeed("ann", Home);
        // Four wrong ones stay with the address, so that one's own account does not buy free guesses at others.
        Assert.Null(_throttle.Begin("ann", Home));
        Assert.NotNull(_throttle.Begin("bob", Home));
        Assert.Null(Begin("ann", 1));
    }

    [Fact]
    public void Begin_AnHourLater_StartsAnew()
    {
        for (var i = 0; i < LoginThrottle.Free; i++)
            Begin("ann", i);
        _clock.Advance(LoginThrottle.ForgottenAfter);
        for (var i = 0; i < LoginThrottle.Free; i++)
            Assert.Null(Begin("ann", i));
        Assert.NotNull(Begin("ann", 0));
    }

    [Fact]
    public void Begin_ManyNames_RemembersTheNewest()
    {
        for (var i = 0; i < LoginThrottle.MaxRemembered * 2; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Begin($"name {i}", i % 60_000);
        }

        Assert.InRange(_throttle.Remembered, LoginThrottle.MaxRemembered / 2, LoginThrottle.MaxRemembered + 2);
    }

    private TimeSpan? Begin(string name, int address) => _throttle.Begin(name, new IPAddress([10, 1, (byte)(address >> 8), (byte)address]));
}
