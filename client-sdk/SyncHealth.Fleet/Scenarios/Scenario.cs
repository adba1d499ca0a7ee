using System.Globalization;
using SyncHealth.Fleet.Devices;
using SyncHealth.Fleet.Networks;

namespace SyncHealth.Fleet.Scenarios;

/// <summary>What happens to a fleet, by fleet time. What is not set does not happen.</summary>
/// <param name="Name">Its name on the command line.</param>
internal sealed record Scenario(string Name)
{
    /// <summary>The account of the company's notebook.</summary>
    private const string Notebook = "company";

    /// <summary>How many times as often as usual the one who fills the notebook comes: every few minutes.</summary>
    private const double LibrarianIsBusier = 10;

    /// <summary>Where the notebook is filled: at a desk.</summary>
    private static readonly NetworkHabit Office = new(1, 0, 0, 0);

    /// <summary>Releases that come out while it runs, oldest first.</summary>
    public IReadOnlyList<Rollout> Rollouts { get; init; } = [];

    /// <summary>A region that is cut off for a while.</summary>
    public Outage? Outage { get; init; }

    /// <summary>Networks of cohorts that live otherwise than usual, by the name of the persona.</summary>
    public IReadOnlyDictionary<string, NetworkHabit> Habits { get; init; } = new Dictionary<string, NetworkHabit>();

    /// <summary>Devices that stop for good.</summary>
    public Silence? Silence { get; init; }

    /// <summary>A release that is shut out.</summary>
    public Lockout? Lockout { get; init; }

    /// <summary>Devices whose clock is wrong; their shares add up to one at most.</summary>
    public IReadOnlyList<ClockSkew> Skews { get; init; } = [];

    /// <summary>People who are out of reach for long.</summary>
    public Absence? Absence { get; init; }

    /// <summary>Many first syncs at once.</summary>
    public Wave? Wave { get; init; }

    /// <summary>Many edits of the same notes.</summary>
    public Storm? Storm { get; init; }

    /// <summary>Technicians on the road.</summary>
    public FieldService? Field { get; init; }

    /// <summary>The outage that a device of a region lives through; null for none.</summary>
    public Outage? OutageOf(string region) => Outage is { } outage && outage.Region == region ? outage : null;

    /// <summary>The release that a device runs at a moment.</summary>
    public Release ReleaseAt(Release installed, double eagerness, TimeSpan at) =>
        Rollouts.LastOrDefault(rollout => rollout.ReachesAt(eagerness) <= at)?.Release ?? installed;

    /// <summary>Whether a release speaks to no server at a moment.</summary>
    public bool IsLockedOut(Release release, TimeSpan at) => Lockout is { } lockout && lockout.Version == release.Version && at >= lockout.From;

    /// <summary>When a device does its last thing; null when it never stops.</summary>
    public TimeSpan? SilentFrom(DeviceProfile device) => Silence is { } silence && silence.Model == device.Model ? silence.At : null;

    /// <summary>On which networks a person's device spends its time.</summary>
    public NetworkHabit HabitOf(Persona persona) => Habits.GetValueOrDefault(persona.Name, persona.Habit);

    /// <summary>The absence that a person lives through; null for none.</summary>
    public Absence? AbsenceOf(Persona persona) => Absence is { } absence && absence.Cohort == persona.Name ? absence : null;

    /// <summary>The day of a technician; null for anybody else.</summary>
    public FieldService? FieldOf(Persona persona) => persona.Name == FieldService.Cohort ? Field : null;

    /// <summary>When a person is busier than usual; null for never. Who fills a wave's notebook is, until the others come.</summary>
    public Storm? StormOf(DeviceProfile device) =>
        Wave is { } wave && device.Number == 0 ? new Storm(TeamSize: 1, TimeSpan.Zero, wave.From, LibrarianIsBusier) : Storm;

    /// <summary>How far a device's wall clock is ahead.</summary>
    public TimeSpan SkewOf(DeviceProfile device)
    {
        var until = 0.0;
        foreach (var skew in Skews)
        {
            until += skew.Share;
            if (device.Fate < until)
                return skew.Offset;
        }

        return TimeSpan.Zero;
    }

    /// <summary>The device as it is in this scenario: whose notes it has, and when its app is opened first.</summary>
    public DeviceProfile Cast(DeviceProfile device)
    {
        if (Storm is { } storm)
            return device with { Account = string.Create(CultureInfo.InvariantCulture, $"team-{device.Number / storm.TeamSize:d4}"), IsMerging = device.Number / storm.TeamSize % 2 == 0 };
        if (Field is { } field)
            return CastInField(device, field);
        if (Wave is not { } wave)
            return device;
        if (device.Number == 0)
            return device with { Account = Notebook, IsMerging = false, Persona = device.Persona with { ImportsEvery = wave.ImportsEvery, Habit = Office } };
        return device.Fate < wave.Share
            ? device with { Account = Notebook, IsMerging = false, FirstOpen = wave.From + (wave.Over * (device.Fate / wave.Share)) }
            : device;
    }

    /// <summary>Technicians are drawn from all; whoever was one already and is not drawn stays in the office.</summary>
    private static DeviceProfile CastInField(DeviceProfile device, FieldService field) => device.Fate < field.Share
        ? device with
        {
            Account = string.Create(CultureInfo.InvariantCulture, $"crew-{device.Number / field.CrewSize:d4}"),
            IsMerging = true,
            Persona = Persona.Named(FieldService.Cohort) with { ImportsEvery = null },
        }
        : device with { Persona = device.Persona.Name == FieldService.Cohort ? Persona.Named("office") : device.Persona };
}
