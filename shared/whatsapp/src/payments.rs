//! Requests to pay and order statuses as the Graph API takes them (Cloud API, payments in India and Brazil).

use crate::outgoing::interactive;
use domain::inbox::payments::{Goods, OrderUpdate, PaymentItem, PaymentMethod, PaymentRequest};
use serde_json::{Value, json};

/// Amounts are whole numbers of a hundredth.
fn amount(value: u64) -> Value {
    json!({ "value": value, "offset": 100 })
}

pub(crate) fn order_details(request: &PaymentRequest) -> Value {
    let goods = match request.goods {
        Goods::Digital => "digital-goods",
        Goods::Physical => "physical-goods",
    };
    let items: Vec<_> = request.items.iter().zip(1..).map(|(one, place)| item(request, one, place)).collect();
    let mut order = json!({ "status": "pending", "items": items, "subtotal": amount(request.subtotal()) });
    for (key, value) in [("tax", request.tax), ("shipping", request.shipping), ("discount", request.discount)] {
        if let Some(value) = value {
            order[key] = amount(value);
        }
    }
    // Cloud API: the tax is there even if there is none.
    if request.tax.is_none() {
        order["tax"] = amount(0);
    }
    let parameters = json!({
        "reference_id": request.reference,
        "type": goods,
        "payment_type": match &request.method {
            PaymentMethod::Upi { .. } => "upi",
            PaymentMethod::Pix { .. } => "br",
        },
        "payment_settings": [settings(&request.method)],
        "currency": request.currency.as_str(),
        "total_amount": amount(request.total()),
        "order": order,
    });
    let action = json!({ "name": "review_and_pay", "parameters": parameters });
    interactive("order_details", None, Some(&request.body), request.footer.as_ref(), action)
}

fn item(request: &PaymentRequest, item: &PaymentItem, place: u32) -> Value {
    json!({
        "retailer_id": format!("{}-{place}", request.reference),
        "name": item.name.as_str(),
        "amount": amount(item.amount),
        "quantity": item.quantity,
    })
}

fn settings(method: &PaymentMethod) -> Value {
    match method {
        PaymentMethod::Upi { configuration } => json!({
            "type": "payment_gateway",
            "payment_gateway": { "type": "upi_vpa", "configuration_name": configuration },
        }),
        PaymentMethod::Pix { code, merchant_name, key, key_type } => json!({
            "type": "pix_dynamic_code",
            "pix_dynamic_code": {
                "code": code, "merchant_name": merchant_name, "key": key, "key_type": key_type.as_str(),
            },
        }),
    }
}

pub(crate) fn order_status(update: &OrderUpdate) -> Value {
    let mut order = json!({ "status": update.status.as_str() });
    if let Some(description) = &update.description {
        order["description"] = json!(description.as_str());
    }
    let parameters = json!({ "reference_id": update.reference, "order": order });
    let action = json!({ "name": "review_order", "parameters": parameters });
    interactive("order_status", None, Some(&update.body), None, action)
}
