using System.Net;
using System.Net.Sockets;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary>
/// Makes guessing slow: after five wrong passwords for a name, or from an address, each further one has to wait, and the wait doubles. Names that nobody has are
/// held back like others. In memory only: addresses of people are not kept.
/// </summary>
internal sealed class LoginThrottle(TimeProvider clock)
{
    /// <summary>Wrong passwords before anybody waits: a few slips of a tired hand.</summary>
    public const int Free = 5;

    /// <summary>The first wait; doubled with each further wrong password.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait: a stranger can keep somebody out no longer, and a day allows 96 guesses.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>Quiet time after which wrong passwords are forgotten.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);

    /// <summary>Names and addresses remembered: about 2 MiB.</summary>
    public const int MaxRemembered = 10_000;

    /// <summary>Bytes of an IPv6 address that are one customer's: a /64.</summary>
    private const int CustomerBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Tries, DateTimeOffset Last)> _tries = new(StringComparer.Ordinal);

    /// <summary>Names and addresses remembered now.</summary>
    public int Remembered
    {
        get
        {
            lock (_lock)
                return _tries.Count;
        }
    }

    /// <summary>
    /// Lets a try pass and counts it as wrong until <see cref="Succeed"/>, so that guesses that come together count as if one by one. What has to wait is not
    /// counted.
    /// </summary>
    /// <returns>How long to wait; null when the try may be made now.</returns>
    public TimeSpan? Begin(string name, IPAddress? address)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            string[] keys = [NameKey(name), AddressKey(address)];
            var wait = keys.Max(key => WaitOf(key, now));
            if (wait > TimeSpan.Zero)
                return wait;
            foreach (var key in keys)
                _tries[key] = (TriesOf(key, now) + 1, now);
            Trim(now);
            return null;
        }
    }

    /// <summary>The password was right: the name starts anew, and the address gets this try back.</summary>
    public void Succeed(string name, IPAddress? address)
    {
        lock (_lock)
        {
            _tries.Remove(NameKey(name));
            var key = AddressKey(address);
            if (_tries.TryGetValue(key, out var tries))
                _tries[key] = tries with { Tries = tries.Tries - 1 };
        }
    }

    /// <summary>2 s after the fifth, 4 s after the sixth, … and 15 min from the fourteenth on.</summary>
    private static TimeSpan WaitAfter(int tries) => tries < Free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(FirstWait.TotalSeconds * Math.Pow(2, Math.Min(tries - Free, 30)), LongestWait.TotalSeconds));

    private static string NameKey(string name) => "name " + AccountName.KeyOf(name);

    private static string AddressKey(IPAddress? address)
    {
        if (address is null)
            return "address unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? "address " + Convert.ToHexString(address.GetAddressBytes().AsSpan(0, CustomerBytes))
            : "address " + address;
    }

    private TimeSpan WaitOf(string key, DateTimeOffset now) =>
        _tries.TryGetValue(key, out var tries) ? tries.Last + WaitAfter(TriesOf(key, now)) - now : TimeSpan.Zero;

    private int TriesOf(string key, DateTimeOffset now) =>
        _tries.TryGetValue(key, out var tries) && now - tries.Last < ForgottenAfter ? tries.Tries : 0;

    /// <summary>Room for new ones: what is forgotten goes first, then a tenth of the rest, those that were quiet for longest.</summary>
    private void Trim(DateTimeOffset now)
    {
        if (_tries.Count <= MaxRemembered)
            return;
        foreach (var (key, _) in _tries.Where(pair => now - pair.Value.Last >= ForgottenAfter).ToArray())
            _tries.Remove(key);
        foreach (var (key, _) in _tries.OrderBy(pair => pair.Value.Last).Take(_tries.Count - MaxRemembered * 9 / 10).ToArray())
            _tries.Remove(key);
    }
}
