using System.CommandLine;
using System.Globalization;
using System.Numerics;
using SyncHealth.Benchmarks;
using SyncHealth.Fleet.Scenarios;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Demo;

namespace SyncHealth.Host.Commands;

/// <summary>Options that several commands share, with one meaning and one check each.</summary>
internal static class CommonOptions
{
    public const int DefaultPort = 8080;

    public static Option<int> Port() => Number("--port", "Port on loopback", DefaultPort, 1, 65535);

    public static Option<string?> Data(string folder) => new("--data")
    {
        Description = $"Data folder (default: {folder}/ in /var/lib/synchealth as root, else in $XDG_DATA_HOME/synchealth).",
    };

    public static Option<int> Devices(int fallback, int least) => Number("--devices", "Devices of the reference fleet", fallback, least, 5000);

    /// <summary>A fleet that is generated, not run.</summary>
    public static Option<int> BenchDevices() => Number(
        "--devices", "Devices of the fleet whose pages 'dashboard' measures", BenchmarkRunner.DefaultDevices, BenchmarkRunner.LeastDevices, BenchmarkRunner.MostDevices);

    public static Option<double> Speed(double fallback) => Number("--speed", "Seconds of the shared clock in one real second", fallback, 1, 1000);

    public static Option<TimeSpan?> For() => new("--for")
    {
        Description = "Stop after this wall time, such as 90s or 3m.",
        CustomParser = result =>
        {
            if (Duration.TryParse(result.Tokens[0].Value, out var value) && value > TimeSpan.Zero)
                return value;
            result.AddError($"--for takes a duration such as 90s or 3m, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    /// <summary>Address of an HTTP service; required.</summary>
    public static Option<Uri?> Address(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
                return address;
            result.AddError($"{name} takes an address such as http://127.0.0.1:4318, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    public static Option<string> Scenario()
    {
        var option = new Option<string>("--scenario") { Description = $"What the fleet lives through: {string.Join(", ", ScenarioCatalog.Names)} (default {FleetDriver.DefaultScenario}).", DefaultValueFactory = _ => FleetDriver.DefaultScenario };
        option.AcceptOnlyFromAmong([.. ScenarioCatalog.Names]);
        return option;
    }

    public static Option<int> Seed() => Number("--seed", "Seed of the fleet: the same seed makes the same fleet", 1, 0, int.MaxValue);

    public static Option<string?> Rules() => new("--rules") { Description = "Alert rules (YAML) instead of the shipped ones." };

    /// <summary>How an answer is printed: for people, or whole for programs.</summary>
    public static Option<string> Format()
    {
        var option = new Option<string>("--format") { Description = "table or json (default table).", DefaultValueFactory = _ => "table" };
        option.AcceptOnlyFromAmong("table", "json");
        return option;
    }

    /// <summary>A number from 1 on, or <c>none</c>; null when it was not said.</summary>
    public static Option<Limit?> Limit(string name, string description, int most) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text == "none")
                return new Limit(null);
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most)
                return new Limit(value);
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from 1 to {most}, or none, not '{text}'."));
            return null;
        },
    };

    /// <summary>A number between bounds; anything else is one line that says what is allowed.</summary>
    private static Option<T> Number<T>(string name, string description, T fallback, T least, T most)
        where T : INumber<T> => new(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} (default {fallback})."),
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
                    return value;
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {least} to {most}, not '{text}'."));
                return fallback;
            },
        };
}
