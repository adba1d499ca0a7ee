using System.Globalization;
using SyncHealth.Fleet.Scenarios;

namespace SyncHealth.Fleet.Devices;

/// <summary>Makes the devices of a fleet.</summary>
internal static class DeviceRoster
{
    /// <summary>Fleet time within which all apps are opened for the first time: short enough for numbers within seconds, long enough not to be one blow.</summary>
    private static readonly TimeSpan OpenedWithin = TimeSpan.FromMinutes(4);

    /// <summary>Devices of consecutive accounts: most people have one, some three.</summary>
    private static readonly int[] DevicesPerAccount = [1, 2, 1, 2, 3, 1];

    /// <summary>Of so many accounts one merges field by field: both ways of settling a conflict are seen beside each other.</summary>
    private const int AccountsPerMerging = 3;

    private static readonly (string Os, string Version, string Model, double Weight)[] Hardware =
    [
        ("android", "16", "Pixel 10", 0.10), ("android", "15", "Pixel 8", 0.12), ("android", "15", "Galaxy S24", 0.16), ("android", "14", "Galaxy A54", 0.14),
        ("android", "13", "Redmi Note 12", 0.08), ("ios", "26.1", "iPhone 17", 0.12), ("ios", "26.0", "iPhone 15", 0.14), ("ios", "18.6", "iPhone 12", 0.08),
        ("ios", "26.1", "iPad Air", 0.06),
    ];

    private static readonly (Release Release, double Weight)[] Installed =
        [(new Release("2.4.1"), 0.66), (new Release("2.4.0"), 0.24), (new Release("2.3.2"), 0.10)];

    public static IReadOnlyList<DeviceProfile> Create(int seed, int devices)
    {
        var accounts = Accounts().GetEnumerator();
        var profiles = new List<DeviceProfile>(devices);
        for (var number = 0; number < devices && accounts.MoveNext(); number++)
            profiles.Add(Create(seed, number, accounts.Current));
        return profiles;
    }

    private static DeviceProfile Create(int seed, int number, int account)
    {
        var random = Seeds.For(seed, number, SeedPurpose.Profile);
        var (os, osVersion, model) = random.Pick([.. Hardware.Select(item => ((item.Os, item.Version, item.Model), item.Weight))]);
        return new DeviceProfile(
            number,
            string.Create(CultureInfo.InvariantCulture, $"fleet-{seed}-{number:d5}"),
            string.Create(CultureInfo.InvariantCulture, $"user-{seed}-{account:d5}"),
            account % AccountsPerMerging == 0,
            os,
            osVersion,
            model,
            random.Pick(("eu-west", 0.45), ("us-east", 0.35), ("ap-south", 0.20)),
            random.Pick([.. Persona.All.Select(persona => (persona, persona.Weight))]),
            random.Pick(Installed),
            random.NextDouble(),
            OpenedWithin * random.NextDouble(),
            Seeds.For(seed, number, SeedPurpose.Fate).NextDouble());
    }

    private static IEnumerable<int> Accounts()
    {
        for (var account = 0; ; account++)
            for (var device = 0; device < DevicesPerAccount[account % DevicesPerAccount.Length]; device++)
                yield return account;
    }
}
