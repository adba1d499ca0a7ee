using SyncHealth.Contracts;
using SyncHealth.Fleet.Networks;

namespace SyncHealth.Samples.Notes.Phones;

/// <summary>What each position of the switch is like: one typical link of the fleet's models, slow enough to be watched.</summary>
internal static class PhoneLinks
{
    private const double Megabit = 1e6;

    public static Link Of(PhoneNetwork network) => network switch
    {
        PhoneNetwork.Wifi => Make(LinkKind.Wifi, SyncNetwork.Wifi, 150, up: 15, down: 40, loss: 0),
        PhoneNetwork.Cellular => Make(LinkKind.Cellular, SyncNetwork.Cellular, 600, up: 1.2, down: 8, loss: 0),
        // A request passes when neither it nor its answer is lost: one of four.
        PhoneNetwork.LieFi => Make(LinkKind.LieFi, SyncNetwork.Wifi, 1500, up: 0.1, down: 0.3, loss: 1),
        _ => Link.Offline(TimeSpan.MaxValue),
    };

    private static Link Make(LinkKind kind, SyncNetwork looksLike, double roundTripMs, double up, double down, double loss) =>
        new(kind, looksLike, TimeSpan.MaxValue, TimeSpan.FromMilliseconds(roundTripMs), up * Megabit, down * Megabit, loss);
}
