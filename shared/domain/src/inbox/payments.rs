//! Requests to pay, and what is told of an order afterwards (Cloud API, payments in India and Brazil). Amounts are whole
//! numbers of the smallest unit, so that nothing is rounded.

use crate::limits::{Limits, Violation, counted, id, optional, required};
use crate::personal::Text;
use crate::string_enum::string_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest body and footer (Cloud API, order details messages).
const MAX_BODY: usize = 1024;
const MAX_FOOTER: usize = 60;

/// The longest reference of an order, and the longest name of a product and of what is paid to.
const MAX_REFERENCE: usize = 35;
const MAX_NAME: usize = 60;

/// The longest Pix code. A code that banks read has at most 512 characters.
const MAX_CODE: usize = 512;

/// The longest key of Pix: an email address.
const MAX_KEY: usize = 77;

/// The longest explanation of an order's status.
const MAX_DESCRIPTION: usize = 120;

/// The most products of one order, and the most of one product.
const MOST_ITEMS: usize = 50;
const MOST_OF_ONE: u32 = 10_000;

/// The highest amount, in the smallest unit: more than any order costs, and few enough to add up.
const MOST: u64 = 100_000_000_000;

string_enum! {
    /// The currency of a request to pay.
    PaymentCurrency {
        /// Indian rupees, in paise.
        Inr = "INR",
        /// Brazilian reais, in centavos.
        Brl = "BRL",
    }
}

string_enum! {
    /// What is paid for.
    Goods {
        /// Nothing that is shipped.
        Digital = "digital",
        /// Goods that are shipped.
        Physical = "physical",
    }
}

string_enum! {
    /// The kind of a Pix key.
    PixKeyType {
        /// A person's tax number.
        Cpf = "CPF",
        /// A company's tax number.
        Cnpj = "CNPJ",
        /// An email address.
        Email = "EMAIL",
        /// A phone number.
        Phone = "PHONE",
        /// A random key.
        Evp = "EVP",
    }
}

string_enum! {
    /// How far an order has come.
    OrderProgress {
        /// It waits for the payment.
        Pending = "pending",
        /// It is being prepared.
        Processing = "processing",
        /// A part of it is on its way.
        PartiallyShipped = "partially_shipped",
        /// It is on its way.
        Shipped = "shipped",
        /// It is done.
        Completed = "completed",
        /// It was cancelled.
        Canceled = "canceled",
    }
}

/// A request to pay an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaymentRequest {
    /// What is to be paid.
    #[schemars(length(min = 1, max = MAX_BODY))]
    pub body: Text,
    /// A small line below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_FOOTER))]
    pub footer: Option<Text>,
    /// The business's own ID of the order, used once: letters, digits, `-`, `_` and `.`.
    #[schemars(length(min = 1, max = MAX_REFERENCE), regex(pattern = r"^[A-Za-z0-9_.-]+$"))]
    pub reference: String,
    /// The currency: INR with UPI, BRL with Pix.
    pub currency: PaymentCurrency,
    /// What is paid for.
    pub goods: Goods,
    /// The products.
    #[schemars(length(min = 1, max = MOST_ITEMS))]
    pub items: Vec<PaymentItem>,
    /// The tax, in the smallest unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = MOST))]
    pub tax: Option<u64>,
    /// The shipping, in the smallest unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = MOST))]
    pub shipping: Option<u64>,
    /// The discount, in the smallest unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = MOST))]
    pub discount: Option<u64>,
    /// How the customer pays.
    pub method: PaymentMethod,
}

/// A product of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaymentItem {
    /// Its name.
    #[schemars(length(min = 1, max = MAX_NAME))]
    pub name: Text,
    /// The price of one, in the smallest unit, such as paise.
    #[schemars(range(max = MOST))]
    pub amount: u64,
    /// How many.
    #[schemars(range(min = 1, max = MOST_OF_ONE))]
    pub quantity: u32,
}

/// How a customer pays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum PaymentMethod {
    /// UPI, through a payment configuration of WhatsApp Manager.
    Upi {
        /// The name of the configuration.
        #[schemars(length(min = 1, max = MAX_NAME))]
        configuration: String,
    },
    /// Pix, by a code that the customer copies into a banking app.
    Pix {
        /// The code.
        #[schemars(length(min = 1, max = MAX_CODE))]
        code: String,
        /// Who is paid.
        #[schemars(length(min = 1, max = MAX_NAME))]
        merchant_name: String,
        /// The Pix key.
        #[schemars(length(min = 1, max = MAX_KEY))]
        key: String,
        /// The kind of the key.
        key_type: PixKeyType,
    },
}

/// The status of an order that the customer was asked to pay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderUpdate {
    /// What is said.
    #[schemars(length(min = 1, max = MAX_BODY))]
    pub body: Text,
    /// The `reference` of the request to pay.
    #[schemars(length(min = 1, max = MAX_REFERENCE), regex(pattern = r"^[A-Za-z0-9_.-]+$"))]
    pub reference: String,
    /// How far the order has come.
    pub status: OrderProgress,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_DESCRIPTION))]
    pub description: Option<Text>,
}

impl PaymentRequest {
    /// The price of all products, in the smallest unit.
    #[must_use]
    pub fn subtotal(&self) -> u64 {
        self.items.iter().map(|item| item.amount.saturating_mul(item.quantity.into())).fold(0, u64::saturating_add)
    }

    /// What the customer pays, in the smallest unit.
    #[must_use]
    pub fn total(&self) -> u64 {
        let more = self.tax.unwrap_or(0).saturating_add(self.shipping.unwrap_or(0));
        self.subtotal().saturating_add(more).saturating_sub(self.discount.unwrap_or(0))
    }
}

impl Limits for PaymentRequest {
    fn check(&self) -> Result<(), Violation> {
        required("body", &self.body, MAX_BODY)?;
        optional("footer", self.footer.as_ref(), MAX_FOOTER)?;
        reference(&self.reference)?;
        counted("items", self.items.len(), "products", 1..=MOST_ITEMS)?;
        for (at, item) in self.items.iter().enumerate() {
            item.check().map_err(|error| error.under(&format!("items[{at}]")))?;
        }
        for (field, amount) in [("tax", self.tax), ("shipping", self.shipping), ("discount", self.discount)] {
            small(field, amount.unwrap_or(0))?;
        }
        if self.total() == 0 {
            return Err(Violation::new("discount", "leaves nothing to pay"));
        }
        small("items", self.total())?;
        self.method.check().map_err(|error| error.under("method"))?;
        match (&self.method, self.currency) {
            (PaymentMethod::Upi { .. }, PaymentCurrency::Inr) | (PaymentMethod::Pix { .. }, PaymentCurrency::Brl) => {
                Ok(())
            }
            (PaymentMethod::Upi { .. }, PaymentCurrency::Brl) => Err(Violation::new("currency", "UPI is paid in INR")),
            (PaymentMethod::Pix { .. }, PaymentCurrency::Inr) => Err(Violation::new("currency", "Pix is paid in BRL")),
        }
    }
}

impl Limits for PaymentItem {
    fn check(&self) -> Result<(), Violation> {
        required("name", &self.name, MAX_NAME)?;
        small("amount", self.amount)?;
        if !(1..=MOST_OF_ONE).contains(&self.quantity) {
            return Err(Violation::new("quantity", format!("use 1 to {MOST_OF_ONE}")));
        }
        Ok(())
    }
}

impl Limits for PaymentMethod {
    fn check(&self) -> Result<(), Violation> {
        match self {
            Self::Upi { configuration } => id("configuration", configuration, MAX_NAME),
            Self::Pix { code, merchant_name, key, key_type: _ } => {
                id("code", code, MAX_CODE)?;
                id("merchantName", merchant_name, MAX_NAME)?;
                id("key", key, MAX_KEY)
            }
        }
    }
}

impl Limits for OrderUpdate {
    fn check(&self) -> Result<(), Violation> {
        required("body", &self.body, MAX_BODY)?;
        reference(&self.reference)?;
        optional("description", self.description.as_ref(), MAX_DESCRIPTION)
    }
}

fn reference(reference: &str) -> Result<(), Violation> {
    id("reference", reference, MAX_REFERENCE)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if reference.chars().all(plain) {
        return Ok(());
    }
    Err(Violation::new("reference", "use letters, digits, -, _ and . only"))
}

fn small(field: &str, amount: u64) -> Result<(), Violation> {
    if amount <= MOST {
        return Ok(());
    }
    Err(Violation::new(field, format!("use at most {MOST}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> PaymentRequest {
        PaymentRequest {
            body: Text::new("Your order"),
            footer: None,
            reference: "ORD-9".to_owned(),
            currency: PaymentCurrency::Inr,
            goods: Goods::Physical,
            items: vec![PaymentItem { name: Text::new("Tea"), amount: 10_000, quantity: 2 }],
            tax: Some(900),
            shipping: Some(100),
            discount: Some(1_000),
            method: PaymentMethod::Upi { configuration: "shop".to_owned() },
        }
    }

    fn wrong(change: impl FnOnce(&mut PaymentRequest)) -> String {
        let mut request = request();
        change(&mut request);
        request.check().unwrap_err().field().to_owned()
    }

    #[test]
    fn a_request_adds_up_and_each_limit_exceeded_by_one_is_named() {
        assert_eq!((request().subtotal(), request().total(), request().check()), (20_000, 20_000, Ok(())));
        assert_eq!(wrong(|it| it.body = Text::new("b".repeat(MAX_BODY + 1))), "body");
        assert_eq!(wrong(|it| it.footer = Some(Text::new("f".repeat(MAX_FOOTER + 1)))), "footer");
        assert_eq!(wrong(|it| it.reference = "r".repeat(MAX_REFERENCE + 1)), "reference");
        assert_eq!(wrong(|it| it.reference = "a b".to_owned()), "reference");
        assert_eq!(wrong(|it| it.items = vec![it.items[0].clone(); MOST_ITEMS + 1]), "items");
        assert_eq!(wrong(|it| it.items.clear()), "items");
        assert_eq!(wrong(|it| it.items[0].name = Text::new("n".repeat(MAX_NAME + 1))), "items[0].name");
        assert_eq!(wrong(|it| it.items[0].quantity = MOST_OF_ONE + 1), "items[0].quantity");
        assert_eq!(wrong(|it| it.items[0].quantity = 0), "items[0].quantity");
        assert_eq!(wrong(|it| it.items[0].amount = MOST + 1), "items[0].amount");
        assert_eq!(wrong(|it| it.tax = Some(MOST + 1)), "tax");
        assert_eq!(wrong(|it| it.discount = Some(MOST)), "discount");
        assert_eq!(wrong(|it| it.currency = PaymentCurrency::Brl), "currency");
        let long = "c".repeat(MAX_NAME + 1);
        assert_eq!(wrong(|it| it.method = PaymentMethod::Upi { configuration: long }), "method.configuration");
        let pix = |code: usize, key: usize| PaymentMethod::Pix {
            code: "c".repeat(code),
            merchant_name: "Loja".to_owned(),
            key: "k".repeat(key),
            key_type: PixKeyType::Evp,
        };
        assert_eq!(wrong(|it| it.method = pix(MAX_CODE + 1, 1)), "method.code");
        assert_eq!(wrong(|it| it.method = pix(MAX_CODE, MAX_KEY + 1)), "method.key");
        assert_eq!(wrong(|it| it.method = pix(MAX_CODE, MAX_KEY)), "currency");
    }
}
