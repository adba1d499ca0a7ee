using Microsoft.AspNetCore.Components;
using SyncHealth.Samples.Notes.Phones;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>Which network the phone is on.</summary>
public sealed partial class NetworkSwitch
{
    [Parameter, EditorRequired]
    public PhoneNetwork Network { get; set; }

    [Parameter]
    public EventCallback<PhoneNetwork> OnSwitch { get; set; }

    private static string Shape(PhoneNetwork network) => network switch
    {
        PhoneNetwork.Wifi => "M1.5 6a9.5 9.5 0 0 1 13 0M4 9a6 6 0 0 1 8 0M6.6 11.8a2.2 2.2 0 0 1 2.8 0",
        PhoneNetwork.Cellular => "M2.5 13.5v-2M6.2 13.5v-5M9.9 13.5v-8M13.6 13.5v-11",
        PhoneNetwork.LieFi => "M1.5 6a9.5 9.5 0 0 1 13 0M4 9a6 6 0 0 1 3-1.5M10.5 9.5l4 4M14.5 9.5l-4 4",
        _ => "M1.5 6a9.5 9.5 0 0 1 13 0M4 9a6 6 0 0 1 8 0M2 14 14 2",
    };
}
